module shop {
    requires io.flowright.jdbc;

    opens shop to
            tools.jackson.databind;
}
