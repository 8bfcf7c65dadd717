package io.flowright.crash.matrix;

import io.flowright.crash.CrashPoint;
import io.flowright.crash.CrashingStore;
import io.flowright.crash.EffectLog;
import io.flowright.crash.ForwardingStore;
import io.flowright.runtime.Engine;
import io.flowright.runtime.RunDetachedException;
import io.flowright.runtime.StoreUnavailableException;
import io.flowright.runtime.spi.RunStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A process of the matrix. It carries several cases, each with an engine and a store of its own: what they have in common is their death.
 *
 * <p>A case that comes to its point stays there, in the middle of telling its store, until every case of the process is at its point or
 * at its end; then the process halts. A commit that is not begun, or that is done and not answered, is the same whether it is the only one
 * of the process or not. What else the case has at work meanwhile goes on, as it does where a commit takes its time.
 */
final class MortalProcess {

    /** What a process is there for. */
    enum Role {
        /** Runs the cases, and dies at their points. */
        FIRST,
        /** Runs the cases at the same time as another. */
        RIVAL,
        /** Its engines are there from the beginning, but another begins the runs. */
        STANDBY,
        /** Comes when the others are dead. */
        LAST
    }

    /** What the processes say to each other: files that are there, or not. */
    static final String GO = "go";

    static final String DEAD = "dead";

    /** Of an engine that is to die: long enough for a machine that is busy, short enough to be waited for. */
    private static final Duration SHORT_LEASE = Duration.ofSeconds(4);

    /** Of an engine that is not to die: longer than any delay of a machine that is busy. */
    private static final Duration LONG_LEASE = Duration.ofSeconds(30);

    private final CrashSetup setup;
    private final Role role;
    private final boolean mortal;
    private final Path signs;
    private final List<CrashCase> cases;
    private final CountDownLatch opened;
    private final Set<String> arrived = new HashSet<>();
    private boolean isParked;

    /** Says when its engine has lost the lease: it begins anew then. */
    private static final class Watched extends ForwardingStore {

        private final String run;
        private final AtomicBoolean entered = new AtomicBoolean();

        Watched(RunStore store, String run) {
            super(store);
            this.run = run;
        }

        @Override
        public void enter(String owner, String label, Duration lease) {
            if (entered.getAndSet(true)) {
                System.out.println("lost\t" + run);
            }
            super.enter(owner, label, lease);
        }
    }

    private MortalProcess(CrashSetup setup, Role role, boolean mortal, Path signs, List<CrashCase> cases) {
        this.setup = setup;
        this.role = role;
        this.mortal = mortal;
        this.signs = signs;
        this.cases = cases;
        opened = new CountDownLatch(cases.size());
    }

    /** The class of the setup, the role, whether somebody will kill it, the folder of signs; then cases. */
    public static void main(String[] arguments) throws Exception {
        // Nobody else would tell it to go, or kill it.
        ProcessHandle.current().parent().ifPresent(MortalProcess::dieWith);
        CrashSetup setup = Class.forName(arguments[0])
                .asSubclass(CrashSetup.class)
                .getDeclaredConstructor()
                .newInstance();
        List<CrashCase> cases = List.of(arguments).subList(4, arguments.length).stream()
                .map(CrashCase::parse)
                .toList();
        new MortalProcess(
                        setup,
                        Role.valueOf(arguments[1]),
                        Boolean.parseBoolean(arguments[2]),
                        Path.of(arguments[3]),
                        cases)
                .live();
    }

    private static void dieWith(ProcessHandle parent) {
        Thread watch = new Thread(() -> {
            parent.onExit().join();
            Runtime.getRuntime().halt(1);
        });
        watch.setDaemon(true);
        watch.start();
    }

    private void live() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (CrashCase each : cases) {
            Thread thread = new Thread(() -> live(each), each.run());
            threads.add(thread);
            thread.start();
        }
        opened.await();
        System.out.println("ready");
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void live(CrashCase mine) {
        CrashPoint point = role == Role.FIRST ? mine.point() : null;
        try (RunStore store = new CrashingStore(
                        new Watched(setup.open(mine.store()), mine.run()),
                        point,
                        Duration.ofMillis(mine.pauseMillis()),
                        moments -> System.out.println("told\t" + mine.run() + "\t" + String.join("\t", moments)),
                        () -> park(mine));
                EffectLog effects = EffectLog.open(mine.effects());
                Engine engine = Engine.builder()
                        .store(store)
                        .lease(mortal ? SHORT_LEASE : LONG_LEASE)
                        .parallelism(4)
                        .listener(setup.listener(effects))
                        .owner("process " + ProcessHandle.current().pid())
                        .build()) {
            MortalFlow flow = setup.flow(mine.flow(), engine, effects, mine.world());
            opened.countDown();
            awaitTurn(mine, store);
            String outcome = end(flow, mine);
            System.out.println("outcome\t" + mine.run() + "\t" + outcome);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            opened.countDown();
            arrive(mine, false);
        }
    }

    /** A machine that is busy enough may cost an engine its lease: the run stops here, goes on somewhere, and is joined again. */
    private static String end(MortalFlow flow, CrashCase mine) throws InterruptedException {
        while (true) {
            try {
                return flow.end(mine.run());
            } catch (StoreUnavailableException | RunDetachedException e) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    private void awaitTurn(CrashCase mine, RunStore store) throws InterruptedException {
        while (role != Role.LAST && !isThere(GO)) {
            TimeUnit.MILLISECONDS.sleep(2);
        }
        while (role == Role.STANDBY && !isThere(DEAD) && store.find(mine.run()).isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        if (role == Role.LAST && store.find(mine.run()).isPresent()) {
            // Before the engine has adopted the run, while it does, or later.
            TimeUnit.SECONDS.sleep(Math.floorMod(mine.run().hashCode(), 4));
        }
    }

    private boolean isThere(String sign) {
        return Files.exists(signs.resolve(sign));
    }

    private void park(CrashCase mine) {
        System.out.println("parked\t" + mine.run());
        arrive(mine, true);
        while (true) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                // It was dead before.
            }
        }
    }

    private synchronized void arrive(CrashCase mine, boolean atItsPoint) {
        isParked |= atItsPoint;
        arrived.add(mine.run());
        if (arrived.size() == cases.size() && isParked) {
            Runtime.getRuntime().halt(CrashingStore.EXIT);
        }
    }
}
