package io.flowright.benchmarks.durable.peers;

import io.flowright.benchmarks.durable.shapes.Order;

/** What DBOS makes durable. */
public interface DbosWorkflows {

    /** So many tasks, each of which takes what the one before gave. */
    Order chain(int length, long id);

    /** One task, three that take what it gave, seven, three, one. */
    Order diamond(long id);

    /** Three tasks, of which the second may be told to wait. */
    Order orphan(long id);
}
