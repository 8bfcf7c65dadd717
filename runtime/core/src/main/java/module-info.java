/** The small runtime that generated flows call. */
module io.flowright.runtime {
    requires transitive io.flowright.annotations;
    requires org.slf4j;
    requires dev.failsafe.core;
    requires static org.jspecify;

    uses io.flowright.runtime.spi.Codec;

    exports io.flowright.runtime;
    exports io.flowright.runtime.generated;
    exports io.flowright.runtime.listeners;
    exports io.flowright.runtime.operations;
    exports io.flowright.runtime.spi;
}
