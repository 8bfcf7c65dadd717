package io.flowright.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.spi.KeyClaim;
import io.flowright.runtime.spi.KeyName;
import io.flowright.runtime.spi.RunRecord;
import io.flowright.runtime.spi.RunWrite;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many threads with batches that overlap: a deadlock would fail one of them. */
class PostgresStressTest {

    private static final int THREADS = 8;
    private static final int RUNS = 40;
    private static final int ROUNDS = 60;

    private String schema = "";

    @BeforeEach
    void choose() throws SQLException {
        PostgresServer.url();
        schema = PostgresServer.newSchema();
    }

    @AfterEach
    void drop() throws SQLException {
        PostgresServer.dropSchema(schema);
    }

    @Test
    void batchesOfTheSameRunsInAnyOrderDoNotLockEachOtherOut() throws Exception {
        try (PostgresStore one = open();
                PostgresStore two = open()) {
            one.enter("a", "", Sample.LONG);
            List<RunWrite> begins = new ArrayList<>();
            for (int run = 0; run < RUNS; run++) {
                begins.add(Sample.begin("run" + run, "a"));
            }
            one.write(begins);
            for (int run = 0; run < RUNS; run++) {
                one.claim(key(run), "run" + run, 1);
            }

            Set<String> written = ConcurrentHashMap.newKeySet();
            together(thread -> {
                Random random = new Random(thread);
                for (int round = 0; round < ROUNDS; round++) {
                    List<RunWrite> batch = batch(thread, round, random);
                    List<RunWrite.Outcome> outcomes = (thread % 2 == 0 ? one : two).write(batch);
                    for (int i = 0; i < batch.size(); i++) {
                        if (outcomes.get(i) == RunWrite.Outcome.WRITTEN) {
                            RunWrite write = batch.get(i);
                            write.tasks().forEach(task -> written.add(write.run() + "/" + task.task()));
                        } else {
                            assertThat(batch.get(i).begin()).isNotNull();
                        }
                    }
                }
                return null;
            });

            Set<String> found = new HashSet<>();
            for (int run = 0; run < RUNS; run++) {
                String id = "run" + run;
                two.tasks(id).forEach(task -> found.add(id + "/" + task.task()));
            }
            assertThat(found).isEqualTo(written).hasSizeGreaterThan(THREADS * ROUNDS);
        }
    }

    /** Records, records with keys, changes and beginnings, of runs that most other batches write too. */
    private static List<RunWrite> batch(int thread, int round, Random random) {
        List<Integer> runs = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            runs.add(run);
        }
        Collections.shuffle(runs, random);
        List<RunWrite> batch = new ArrayList<>();
        for (int run : runs.subList(0, 1 + random.nextInt(RUNS / 2))) {
            String id = "run" + run;
            String task = "task-" + thread + "-" + round;
            batch.add(
                    switch (random.nextInt(4)) {
                        case 0 -> Sample.task(id, task);
                        case 1 -> Sample.taskWithKey(id, task, key(run));
                        case 2 ->
                            new RunWrite(
                                    id,
                                    1,
                                    null,
                                    List.of(Sample.succeeded(task)),
                                    List.of(),
                                    Sample.change(RunStatus.RUNNING));
                        default -> Sample.begin("begun" + random.nextInt(1000), "owner" + thread);
                    });
        }
        return batch;
    }

    private static KeyName key(int run) {
        return new KeyName("order", "charge", "hash" + run % 7);
    }

    @Test
    void writesBeforeAClaimAreSeenByWhoeverClaimsAndNoneIsLetInAfterIt() throws Exception {
        try (PostgresStore one = open();
                PostgresStore two = open()) {
            for (int engine = 0; engine < THREADS; engine++) {
                one.enter("engine" + engine, "", Sample.LONG);
            }
            for (int round = 0; round < 15; round++) {
                String prefix = "round" + round + "-";
                List<RunWrite> begins = new ArrayList<>();
                for (int run = 0; run < RUNS; run++) {
                    begins.add(Sample.begin(prefix + run, "dead"));
                }
                one.write(begins);

                Set<String> written = ConcurrentHashMap.newKeySet();
                Set<String> seen = ConcurrentHashMap.newKeySet();
                Set<String> adopted = ConcurrentHashMap.newKeySet();
                together(thread -> {
                    PostgresStore store = thread % 2 == 0 ? one : two;
                    if (thread < 3) {
                        List<RunRecord> runs;
                        while (adopted.size() < RUNS) {
                            runs = store.adopt("engine" + thread, Set.of(Sample.FLOW), 3);
                            for (RunRecord run : runs) {
                                assertThat(run.epoch()).isEqualTo(2);
                                assertThat(adopted.add(run.id())).isTrue();
                                store.tasks(run.id()).forEach(task -> seen.add(run.id() + "/" + task.task()));
                            }
                        }
                        return null;
                    }
                    for (int i = 0; i < 12; i++) {
                        List<RunWrite> batch = new ArrayList<>();
                        for (int run = (i + thread) % 3; run < RUNS; run += 3) {
                            batch.add(Sample.task(prefix + run, "task-" + thread + "-" + i));
                        }
                        List<RunWrite.Outcome> outcomes = store.write(batch);
                        for (int run = 0; run < batch.size(); run++) {
                            if (outcomes.get(run) == RunWrite.Outcome.WRITTEN) {
                                written.add(batch.get(run).run() + "/task-" + thread + "-" + i);
                            }
                        }
                    }
                    return null;
                });

                assertThat(seen).isEqualTo(written);
            }
        }
    }

    @Test
    void keyHasOneOwnerAtATime() throws Exception {
        try (PostgresStore one = open();
                PostgresStore two = open()) {
            one.enter("a", "", Sample.LONG);
            for (int run = 0; run < THREADS; run++) {
                one.write(List.of(Sample.begin("run" + run, "a")));
            }
            for (int round = 0; round < 20; round++) {
                KeyName key = new KeyName("order", "charge", "round" + round);
                List<Optional<KeyClaim>> claims =
                        together(thread -> (thread % 2 == 0 ? one : two).claim(key, "run" + thread, 1));

                assertThat(claims.stream().map(Optional::orElseThrow).filter(KeyClaim.Owned.class::isInstance))
                        .hasSize(1);
            }
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T by(int thread) throws Exception;
    }

    private static <T> List<T> together(Work<T> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<T>> calls = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int number = thread;
                calls.add(() -> work.by(number));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(calls)) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private PostgresStore open() {
        return PostgresStore.builder(PostgresServer.url())
                .schema(schema)
                .maxConnections(THREADS)
                .open();
    }
}
