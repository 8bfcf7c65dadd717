package io.flowright.crash.chaos;

import io.flowright.runtime.Engine;
import io.flowright.runtime.FlowFailedException;
import io.flowright.runtime.TaskContext;
import io.flowright.runtime.spi.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** An engine that starts runs, so many a second, until it is told to stop, and goes on with whatever it finds until it is told to end. */
final class ChaosChild {

    static final String STOP = "stop";
    static final String END = "end";
    static final String STOPPED = "stopped";

    /** What is started in one second, over and over. */
    private static final List<ChaosFlow> MIXTURE = List.of(
            ChaosFlow.CHAINED,
            ChaosFlow.SPREAD,
            ChaosFlow.UNDONE,
            ChaosFlow.POOLED,
            ChaosFlow.CHAINED,
            ChaosFlow.UNDONE,
            ChaosFlow.POOLED);

    private static final int MOST_AT_ONCE = 64;
    private static final int PAUSE_MILLIS = 200;

    private final Path directory;
    private final String slot;
    private final SharedLines told;
    private final SharedLines deeds;
    private final JumpingClock clock = new JumpingClock();
    private final Semaphore starting = new Semaphore(MOST_AT_ONCE);
    private final Map<ChaosFlow, ChaosFlow.Starter> flows = new EnumMap<>(ChaosFlow.class);

    private ChaosChild(Path directory, String slot) {
        this.directory = directory;
        this.slot = slot;
        told = SharedLines.open(directory.resolve("told"));
        deeds = SharedLines.open(directory.resolve("deeds"));
    }

    /** Store, directory, the slot and the name of the process, runs a second, lease in milliseconds. */
    public static void main(String[] arguments) throws InterruptedException, IOException {
        // Nobody is left who would end it.
        ProcessHandle.current()
                .parent()
                .ifPresent(parent ->
                        parent.onExit().thenRun(() -> Runtime.getRuntime().halt(1)));
        ChaosChild child = new ChaosChild(Path.of(arguments[1]), arguments[2]);
        Duration lease = Duration.ofMillis(Long.parseLong(arguments[5]));
        while (!child.isThere(END)) {
            try (RunStore store = ChaosStore.open(arguments[0]);
                    Engine engine = Engine.builder()
                            .store(store)
                            .clock(child.clock)
                            .lease(lease)
                            .parallelism(16)
                            .owner(arguments[3])
                            .build()) {
                child.create(engine, arguments[3]);
                child.work(Integer.parseInt(arguments[4]));
            } catch (RuntimeException e) {
                // The store is in trouble. It may begin with that.
                System.err.println("not yet: " + e);
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
    }

    private boolean isThere(String sign) {
        return Files.exists(directory.resolve(sign));
    }

    private void create(Engine engine, String process) {
        World world = new World(deeds, process, ChaosChild::takeTime);
        for (ChaosFlow flow : ChaosFlow.values()) {
            flows.put(flow, flow.on(engine, world));
        }
    }

    /** So that there is a middle to be disturbed in. */
    private static void takeTime(TaskContext task) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        try {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(100) == 0 ? 500 : random.nextInt(15));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(int runsPerSecond) throws InterruptedException, IOException {
        ExecutorService executor = Executors.newCachedThreadPool();
        boolean said = false;
        for (long round = 0; !isThere(END); round++) {
            TimeUnit.NANOSECONDS.sleep(TimeUnit.SECONDS.toNanos(1) / runsPerSecond);
            jump();
            if (!isThere(STOP)) {
                int inSecond = (int) (round % runsPerSecond);
                ChaosFlow flow = MIXTURE.get(inSecond % MIXTURE.size());
                // Processes that start something in the same second share what is to be shared.
                int number = (int) (System.currentTimeMillis() / 1_000 % 1_000_000) * 100 + inSecond;
                if (starting.tryAcquire()) {
                    executor.execute(() -> start(flow, flow.run(slot, number)));
                }
            } else if (!said && starting.availablePermits() == MOST_AT_ONCE) {
                System.out.println(STOPPED);
                said = true;
            }
        }
        executor.shutdown();
    }

    private void jump() throws IOException {
        Path file = directory.resolve(slot + ".clock");
        if (Files.exists(file)) {
            String text = Files.readString(file);
            if (!text.isEmpty()) {
                clock.jump(Duration.parse(text));
            }
        }
    }

    private void start(ChaosFlow flow, String run) {
        told.add(Told.tried(run));
        try {
            flows.get(flow).start(run).whenComplete((outcome, failure) -> {
                if (failure == null) {
                    told.add(Told.ended(run, outcome));
                } else {
                    tell(run, failure instanceof CompletionException ? failure.getCause() : failure);
                }
            });
            told.add(Told.started(run));
        } catch (RuntimeException e) {
            System.err.println(run + " has not been started: " + e);
        } finally {
            starting.release();
        }
    }

    /** Others mean that this process cannot know. */
    private void tell(String run, Throwable failure) {
        if (failure instanceof FlowFailedException failed) {
            told.add(Told.ended(run, String.valueOf(failed.snapshot().status())));
        }
    }
}
