/** The command line for those who look after durable runs. */
module io.flowright.cli {
    requires info.picocli;
    requires io.flowright.jdbc;
    requires io.flowright.json;
    requires static org.jspecify;

    exports io.flowright.cli;

    opens io.flowright.cli to
            info.picocli;
}
