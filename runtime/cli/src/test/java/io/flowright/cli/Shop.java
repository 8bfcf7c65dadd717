package io.flowright.cli;

import static org.awaitility.Awaitility.await;

import io.flowright.jdbc.SqliteStore;
import io.flowright.runtime.Engine;
import io.flowright.runtime.Run;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.RunStatus;
import io.flowright.runtime.spi.RunStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** An engine with runs of its own in a store, as the process of an application has it. */
final class Shop implements AutoCloseable {

    static final Duration LONG = Duration.ofSeconds(60);

    final ShopTasks tasks = new ShopTasks();
    final RunStore store;
    final Engine engine;
    final ShopFlow flow;

    Shop(RunStore store) {
        this.store = store;
        this.engine = Engine.builder().store(store).owner("shop").build();
        this.flow = ShopFlow.create(tasks, new LabelTasks(), engine);
    }

    static Shop in(Path file) {
        return new Shop(SqliteStore.open(file));
    }

    /** A run that has succeeded. */
    void succeeded(String id, int number) {
        flow.start(RunOptions.id(id).withTag("shop", "berlin"), number).result();
    }

    /** A run that has failed. */
    void failed(String id, int number) {
        tasks.isBroken = true;
        Run<ShopFlow.Result> run = flow.start(RunOptions.id(id), number);
        awaitStatus(run, RunStatus.FAILED);
        tasks.isBroken = false;
    }

    /** A run that goes on until what is returned is counted down. */
    CountDownLatch running(String id, int number) {
        CountDownLatch latch = new CountDownLatch(1);
        tasks.mayCharge = latch;
        flow.start(RunOptions.id(id).withPriority(3), number);
        await().atMost(LONG)
                .until(() ->
                        store.tasks(id).stream().anyMatch(task -> task.task().equals("label.printed")));
        return latch;
    }

    void awaitStatus(String id, RunStatus status) {
        await().atMost(LONG).until(() -> store.find(id).orElseThrow().status() == status);
    }

    private static void awaitStatus(Run<?> run, RunStatus status) {
        await().atMost(LONG).until(() -> run.status() == status);
    }

    @Override
    public void close() {
        tasks.mayCharge.countDown();
        engine.close();
        store.close();
    }
}
