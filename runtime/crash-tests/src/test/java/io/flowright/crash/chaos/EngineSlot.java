package io.flowright.crash.chaos;

import io.flowright.crash.ChildProcess;
import io.flowright.crash.chaos.ChaosStore.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** A place for an engine in a process of its own, which is started again whenever it has died. Of one thread; {@link #isWell} of any. */
final class EngineSlot implements AutoCloseable {

    private final ChaosStore store;
    private final Path directory;
    private final String name;
    private final int runsPerSecond;
    private final Duration lease;
    private int processes;
    private ChildProcess child;
    private volatile boolean well;

    EngineSlot(ChaosStore store, Path directory, String name, int runsPerSecond, Duration lease) {
        this.store = store;
        this.directory = directory;
        this.name = name;
        this.runsPerSecond = runsPerSecond;
        this.lease = lease;
        child = start();
    }

    private ChildProcess start() {
        String process = name + "." + ++processes;
        ChildProcess started = ChildProcess.start(
                store.command(),
                ChaosChild.class,
                directory,
                process,
                List.of(
                        store.address(),
                        directory.toString(),
                        name,
                        process,
                        Integer.toString(runsPerSecond),
                        Long.toString(lease.toMillis())));
        well = true;
        return started;
    }

    /** What may happen to it. */
    List<Trouble> troubles() {
        return List.of(
                new Trouble("engine killed", this::kill),
                new Trouble("engine killed ", this::kill),
                new Trouble("engine stopped and woken up", this::stop),
                new Trouble("engine's clock jumps", this::jump));
    }

    private void kill(Random random) throws InterruptedException {
        well = false;
        child.kill();
        TimeUnit.MILLISECONDS.sleep(random.nextInt(3_000));
        child = start();
    }

    private void stop(Random random) throws InterruptedException {
        well = false;
        child.stop();
        TimeUnit.MILLISECONDS.sleep(lease.toMillis() + random.nextLong(lease.toMillis()));
        child.goOn();
        well = true;
    }

    /** Up to a day, ahead or back. */
    private void jump(Random random) throws IOException {
        Path next = directory.resolve(name + ".clock.next");
        Files.writeString(
                next, Duration.ofSeconds(random.nextInt(2 * 86_400) - 86_400).toString());
        Files.move(next, directory.resolve(name + ".clock"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Whether it can be expected to do what an engine does. */
    boolean isWell() {
        return well;
    }

    ChildProcess child() {
        return child;
    }

    @Override
    public void close() {
        child.close();
    }
}
