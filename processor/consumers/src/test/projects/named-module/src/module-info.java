module shop {
    requires io.flowright.runtime;
}
