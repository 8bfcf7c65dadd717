package io.flowright.jdbc;

import io.flowright.runtime.operations.RunQuery;

/**
 * The statements that list runs. Each finds the ids of a page in indexes alone, from where the page begins, and then reads the rows of
 * the page.
 *
 * <p>Without tags it is the index of runs by flow, status and time: for each flow and status one walk, of which the newest are taken. At
 * most as many walks have a part in a page as the page has runs, namely those that begin with the newest ones; the others end after one
 * step. Which flows and statuses there are the index says as well, with one step for each.
 *
 * <p>With tags it is the index of tags, with a look at each run for what else is asked.
 */
final class PostgresListSql {

    static final String COLUMNS =
            "r.id, r.flow, r.fingerprint, r.version, r.status, r.owner, r.epoch, r.priority, r.created_at,"
                    + " r.ended_at, ARRAY(SELECT t.name FROM ${schema}${prefix}tags t WHERE t.run = r.id ORDER BY t.name) AS tag_names,"
                    + " ARRAY(SELECT t.value FROM ${schema}${prefix}tags t WHERE t.run = r.id ORDER BY t.name) AS tag_values";

    private static final String GROUPS_OF_FLOW = """
            WITH groups AS MATERIALIZED (
              SELECT g.flow, s.status FROM (SELECT ?::text) g (flow) CROSS JOIN unnest(?::text[]) AS s (status)
            )""";

    private static final String ALL_GROUPS = """
            WITH RECURSIVE known (flow, status) AS (
              (SELECT r.flow, r.status FROM ${schema}${prefix}runs r ORDER BY r.flow, r.status LIMIT 1)
              UNION ALL
              SELECT n.flow, n.status FROM known k CROSS JOIN LATERAL (
                SELECT r.flow, r.status FROM ${schema}${prefix}runs r WHERE (r.flow, r.status) > (k.flow, k.status)
                ORDER BY r.flow, r.status LIMIT 1
              ) n
            ), groups AS MATERIALIZED (
              SELECT k.flow, k.status FROM known k WHERE k.status = ANY (?)
            )""";

    private static final String WALK = """
            SELECT r.created_at, r.id FROM ${schema}${prefix}runs r
            WHERE r.flow = g.flow AND r.status = g.status AND (r.created_at, r.id) < (?, ?) AND r.created_at >= ?
            ORDER BY r.created_at DESC, r.id DESC LIMIT\s""";

    private static final String PAGE_OF_GROUPS = """
            , heads AS MATERIALIZED (
              SELECT g.flow, g.status FROM groups g CROSS JOIN LATERAL (%s1) h
              ORDER BY h.created_at DESC, h.id DESC LIMIT ?
            ), page AS MATERIALIZED (
              SELECT p.id FROM heads g CROSS JOIN LATERAL (%<s?) p
              ORDER BY p.created_at DESC, p.id DESC LIMIT ?
            )""".formatted(WALK);

    private static final String RUNS_OF_PAGE = "\nSELECT " + COLUMNS
            + " FROM ${schema}${prefix}runs r WHERE r.id = ANY (ARRAY(SELECT p.id FROM page p))"
            + " ORDER BY r.created_at DESC, r.id DESC";

    /** The time and the id for a condition that the index of tags serves, and then conditions, one for each further tag. */
    @SuppressWarnings("InlineFormatString") // The statements stand together.
    private static final String TAGGED = """
            WITH page AS MATERIALIZED (
              SELECT t.run AS id FROM ${schema}${prefix}tags t%s
              WHERE t.name = ? AND t.value = ? AND (t.created_at, t.run) < (?, ?) AND t.created_at >= ?%s
              ORDER BY t.created_at DESC, t.run DESC LIMIT ?
            )""";

    /** Not to be turned into a join of another kind. */
    private static final String OF_RUN = """

              CROSS JOIN LATERAL (
                SELECT FROM ${schema}${prefix}runs r WHERE r.id = t.run AND (?::text IS NULL OR r.flow = ?) AND r.status = ANY (?) OFFSET 0
              ) r""";

    private static final String FURTHER_TAG = """

                AND (SELECT f.value FROM ${schema}${prefix}tags f WHERE f.run = t.run AND f.name = ?) = ?""";

    /** The tag that the fewest runs have, as far as it matters. */
    static final String RAREST = """
            SELECT w.name FROM unnest(?::text[], ?::text[]) AS w (name, value)
            CROSS JOIN LATERAL (
              SELECT count(*) AS runs FROM (
                SELECT FROM ${schema}${prefix}tags t WHERE t.name = w.name AND t.value = w.value LIMIT 1000
              ) t
            ) c
            ORDER BY c.runs LIMIT 1""";

    private PostgresListSql() {}

    static String page(RunQuery query) {
        if (query.tags().isEmpty()) {
            return (query.flow() == null ? ALL_GROUPS : GROUPS_OF_FLOW) + PAGE_OF_GROUPS + RUNS_OF_PAGE;
        }
        String ofRun = query.flow() == null && query.statuses().isEmpty() ? "" : OF_RUN;
        String further = FURTHER_TAG.repeat(query.tags().size() - 1);
        return TAGGED.formatted(ofRun, further) + RUNS_OF_PAGE;
    }
}
