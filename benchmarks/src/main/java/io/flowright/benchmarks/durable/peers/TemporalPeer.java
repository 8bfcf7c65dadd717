package io.flowright.benchmarks.durable.peers;

import io.flowright.benchmarks.durable.shapes.Order;
import io.flowright.benchmarks.durable.shapes.Shape;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.util.List;

/**
 * Temporal's worker and client with their default settings, and its test server in the same process, which keeps everything in memory: no
 * more than an orientation, for a real server writes to a database and is reached over a network. Its clock does not skip.
 */
final class TemporalPeer implements Peer {

    private static final String QUEUE = "benchmark";

    private final TestWorkflowEnvironment environment;
    private final WorkflowClient client;

    TemporalPeer(Place place) {
        environment = TestWorkflowEnvironment.newInstance(
                TestEnvironmentOptions.newBuilder().setUseTimeskipping(false).build());
        Worker worker = environment.newWorker(QUEUE);
        worker.registerWorkflowImplementationTypes(TemporalSteps.class);
        worker.registerActivitiesImplementations(new Activities());
        environment.start();
        client = environment.getWorkflowClient();
    }

    @Override
    public Order run(Shape shape, long id) {
        return client.newWorkflowStub(
                        TemporalWorkflows.class,
                        WorkflowOptions.newBuilder().setTaskQueue(QUEUE).build())
                .run(shape, id);
    }

    @Override
    public void close() {
        environment.close();
    }

    private static final class Activities implements TemporalActivities {

        @Override
        public Order placed(long id) {
            return Order.placed(id);
        }

        @Override
        public Order after(List<Order> orders) {
            return Order.after(orders.get(0), orders.subList(1, orders.size()).toArray(Order[]::new));
        }
    }
}
