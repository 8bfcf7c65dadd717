/**
 * The values of durable flows as JSON. A module whose values are not public, or not in an exported package, opens their packages
 * to {@code tools.jackson.databind}.
 */
module io.flowright.json {
    requires transitive io.flowright.runtime;
    requires transitive tools.jackson.databind;
    requires static org.jspecify;

    exports io.flowright.json;

    provides io.flowright.runtime.spi.Codec with
            io.flowright.json.JsonCodec;
}
