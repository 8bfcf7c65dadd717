package io.flowright.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.runtime.spi.KeyClaim;
import io.flowright.runtime.spi.KeyName;
import io.flowright.runtime.spi.NewRun;
import io.flowright.runtime.spi.RunRecord;
import io.flowright.runtime.spi.RunWrite;
import io.flowright.runtime.spi.TaskRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Two processes and one file. All leases are an hour: what dies here is noticed without them. */
class SqliteProcessTest {

    @TempDir
    Path folder;

    private Path file;
    private SqliteStore store;

    @BeforeEach
    void open() {
        file = folder.resolve("runs.db");
        store = SqliteStore.open(file);
        store.enter("here", "", Duration.ofHours(1));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void runsOfAKilledProcessAreAdoptedAtOnce() throws Exception {
        begin("other");
        KeyName key = new KeyName("order", "charge", "00");
        try (SqliteChild child = SqliteChild.start("hold", file)) {
            assertThat(child.said()).isEqualTo("holds");
            assertThat(adopted()).isEmpty();
            assertThat(store.announced()).containsExactly(SqliteChild.FLOW);
            assertThat(store.claim(key, "other", 1)).contains(new KeyClaim.Busy());

            child.kill();
        }
        assertThat(store.claim(key, "other", 1)).contains(new KeyClaim.Owned(0));
        assertThat(store.announced()).isEmpty();
        assertThat(store.orphans(10)).extracting(RunRecord::id).containsExactly("run-of-child");
        assertThat(adopted()).containsExactly("run-of-child");
        try (Stream<Path> locks = Files.list(folder.resolve("runs.db-engines"))) {
            assertThat(locks.map(lock -> lock.getFileName().toString())).containsExactly("here.lock");
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no signals")
    void processThatIsStoppedKeepsItsRuns() throws Exception {
        try (SqliteChild child = SqliteChild.start("hold", file)) {
            assertThat(child.said()).isEqualTo("holds");
            child.signal("STOP");

            assertThat(adopted()).isEmpty();
            assertThat(store.orphans(10)).isEmpty();
        }
        assertThat(adopted()).containsExactly("run-of-child");
    }

    @Test
    void lookingFromASecondHandleDoesNotEndTheLockOfTheFirst() throws Exception {
        begin("run-of-here");
        try (SqliteStore second = SqliteStore.open(file)) {
            assertThat(second.renew("here", Duration.ofHours(1), List.of())).isTrue();
            assertThat(second.orphans(10)).isEmpty();
            assertThat(second.adopt("second", Set.of(SqliteChild.FLOW), 10)).isEmpty();
        }

        try (SqliteChild child = SqliteChild.start("look", file)) {
            assertThat(child.rest()).containsExactly("done");
        }
    }

    @Test
    void storeThatIsClosedLeavesItsEnginesToOtherProcesses() throws Exception {
        begin("run-of-here");
        store.close();

        try (SqliteChild child = SqliteChild.start("look", file)) {
            assertThat(child.rest()).containsExactly("run-of-here", "done");
        }
    }

    @Test
    void processesThatOpenANewFileTogetherMakeItsTablesOnce() throws Exception {
        Path fresh = folder.resolve("fresh.db");
        List<SqliteChild> children = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            children.add(SqliteChild.start("open", fresh));
        }

        for (SqliteChild child : children) {
            assertThat(child.rest()).containsExactly("done");
        }
        try (SqliteStore opened = SqliteStore.builder(fresh).migrate(false).open()) {
            assertThat(opened.orphans(1)).isEmpty();
        }
    }

    @Test
    void whatAKilledProcessSaidItWroteIsThereAndItsBatchesAreWhole() throws Exception {
        String last;
        try (SqliteChild child = SqliteChild.start("write", file)) {
            do {
                last = child.said();
            } while (!last.equals("task20"));
        }

        List<List<String>> tasks = new ArrayList<>();
        for (RunRecord run : store.adopt("here", Set.of(SqliteChild.FLOW), 10)) {
            tasks.add(store.tasks(run.id()).stream().map(TaskRecord::task).toList());
        }
        assertThat(tasks).hasSize(SqliteChild.BATCH);
        assertThat(tasks).containsOnly(tasks.get(0));
        assertThat(tasks.get(0)).contains(last);
    }

    private List<String> adopted() {
        return store.adopt("here", Set.of(SqliteChild.FLOW), 10).stream()
                .map(RunRecord::id)
                .toList();
    }

    private void begin(String run) {
        NewRun begin =
                new NewRun("here", SqliteChild.FLOW, "", new byte[0], List.of(), null, Instant.EPOCH, 0, Map.of());
        store.write(List.of(new RunWrite(run, 1, begin, List.of(), List.of(), null)));
    }
}
