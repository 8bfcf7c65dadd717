/** Durable runs on relational databases. */
@SuppressWarnings("requires-automatic") // The driver of PostgreSQL is no module yet.
module io.flowright.jdbc {
    requires transitive io.flowright.runtime;
    requires transitive java.sql;
    requires com.zaxxer.hikari;
    requires org.slf4j;
    requires static org.jspecify;
    // For its notifications; only a store on PostgreSQL loads a class of it.

    exports io.flowright.jdbc;
}
