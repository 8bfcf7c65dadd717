package io.flowright.benchmarks.durable.peers;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import io.flowright.benchmarks.durable.shapes.Order;
import io.flowright.benchmarks.durable.shapes.Shape;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * db-scheduler with one-time tasks: immediate execution, and {@code lock-and-fetch} with 50 threads and the limits 0.5 and 4.0, the
 * fastest line of its own page about performance. It records no results, so a run is done when its row is gone, of which a listener tells.
 */
final class DbSchedulerPeer implements Peer {

    private static final TaskDescriptor<Order> TASK = TaskDescriptor.of("order", Order.class);
    private static final int THREADS = 50;

    private final HikariDataSource pool;
    private final Scheduler scheduler;
    private final Map<String, CompletableFuture<Order>> results = new ConcurrentHashMap<>();
    private final Map<String, Order> given = new ConcurrentHashMap<>();

    DbSchedulerPeer(Place place) throws SQLException {
        pool = place.pool();
        createTable();
        OneTimeTask<Order> task = Tasks.oneTime(TASK)
                .execute((instance, context) -> given.put(
                        instance.getId(), Order.placed(instance.getData().id())));
        scheduler = Scheduler.create(place.counted(pool), task)
                .threads(THREADS)
                .enableImmediateExecution()
                .pollUsingLockAndFetch(0.5, 4.0)
                .addSchedulerListener(new AbstractSchedulerListener() {
                    @Override
                    public void onExecutionComplete(ExecutionComplete execution) {
                        completed(execution);
                    }
                })
                .build();
        scheduler.start();
    }

    /** As its documentation has it for PostgreSQL. */
    private void createTable() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS scheduled_tasks (task_name text NOT NULL, task_instance text NOT NULL,"
                            + " task_data bytea, execution_time timestamptz NOT NULL, picked boolean NOT NULL, picked_by text,"
                            + " last_success timestamptz, last_failure timestamptz, consecutive_failures int,"
                            + " last_heartbeat timestamptz, version bigint NOT NULL, priority smallint,"
                            + " PRIMARY KEY (task_name, task_instance))");
            statement.execute("CREATE INDEX IF NOT EXISTS execution_time_idx ON scheduled_tasks (execution_time)");
            statement.execute("CREATE INDEX IF NOT EXISTS last_heartbeat_idx ON scheduled_tasks (last_heartbeat)");
        }
    }

    private void completed(ExecutionComplete execution) {
        String id = execution.getExecution().taskInstance.getId();
        CompletableFuture<Order> waiting = results.remove(id);
        Order order = given.remove(id);
        if (waiting == null) {
            return;
        }
        if (execution.getResult() == ExecutionComplete.Result.OK && order != null) {
            waiting.complete(order);
        } else {
            waiting.completeExceptionally(execution.getCause().orElseGet(() -> new IllegalStateException(id)));
        }
    }

    @Override
    public Order run(Shape shape, long id) {
        String instance = UUID.randomUUID().toString();
        CompletableFuture<Order> result = new CompletableFuture<>();
        results.put(instance, result);
        scheduler.schedule(
                TASK.instance(instance).data(new Order(id, 0, "ordered")).scheduledTo(Instant.now()));
        return result.join();
    }

    @Override
    public void close() {
        scheduler.stop();
        pool.close();
    }
}
