package io.flowright.benchmarks.durable.peers;

import io.flowright.benchmarks.durable.shapes.Order;
import io.flowright.benchmarks.durable.shapes.Shape;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** What Temporal makes durable. */
@WorkflowInterface
public interface TemporalWorkflows {

    /** Any of the workflows; gives its last value. */
    @WorkflowMethod
    Order run(Shape shape, long id);
}
