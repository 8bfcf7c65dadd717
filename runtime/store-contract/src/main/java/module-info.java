/** The tests that every store of runs must pass. */
module io.flowright.store.contract {
    requires transitive io.flowright.runtime;
    requires transitive org.junit.jupiter.api;
    requires org.assertj.core;
    requires static org.jspecify;

    exports io.flowright.store.contract;

    // JUnit calls what it finds there.
    opens io.flowright.store.contract;
}
