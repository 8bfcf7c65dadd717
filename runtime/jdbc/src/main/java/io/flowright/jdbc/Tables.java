package io.flowright.jdbc;

import java.util.regex.Pattern;

/**
 * Where a store's tables are. In SQL they are written {@code ${schema}${prefix}runs}, and what belongs to a table without the schema:
 * {@code ${prefix}runs_active}.
 *
 * @param schema the schema; empty: the database's default
 * @param prefix what the name of each table begins with; may be empty
 */
record Tables(String schema, String prefix) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,29}");

    static final Tables DEFAULT = new Tables("", "flowright_");

    Tables {
        if (!schema.isEmpty() && !NAME.matcher(schema).matches()) {
            throw new IllegalArgumentException("not the name of a schema: " + schema
                    + "; it takes at most 30 letters of ASCII, digits and underscores, and begins with no digit");
        }
        if (!prefix.isEmpty() && !NAME.matcher(prefix).matches()) {
            throw new IllegalArgumentException("not a prefix for tables: " + prefix
                    + "; it takes at most 30 letters of ASCII, digits and underscores, and begins with no digit");
        }
    }

    Tables withSchema(String name) {
        return new Tables(name, prefix);
    }

    Tables withPrefix(String name) {
        return new Tables(schema, name);
    }

    /** The statement with these tables. Names are not quoted: case is the database's business. */
    String in(String sql) {
        return sql.replace("${schema}", schema.isEmpty() ? "" : schema + ".").replace("${prefix}", prefix);
    }
}
