/** Durable runs on relational databases. */
module io.flowright.jdbc {
    requires transitive io.flowright.runtime;
    requires transitive java.sql;
    requires com.zaxxer.hikari;
    requires org.slf4j;
    requires static org.jspecify;

    exports io.flowright.jdbc;
}
