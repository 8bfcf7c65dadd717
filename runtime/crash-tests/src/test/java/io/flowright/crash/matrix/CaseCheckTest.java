package io.flowright.crash.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.crash.Effect;
import io.flowright.crash.matrix.CaseCheck.Remains;
import io.flowright.crash.matrix.Leeway.Choice;
import io.flowright.crash.matrix.Leeway.Undo;
import io.flowright.runtime.RunStatus;
import io.flowright.runtime.spi.FlowVersion;
import io.flowright.runtime.spi.MemoryStore;
import io.flowright.runtime.spi.NewRun;
import io.flowright.runtime.spi.RunWrite;
import io.flowright.runtime.spi.TaskRecord;
import io.flowright.runtime.spi.TaskRecord.Kind;
import io.flowright.runtime.spi.TaskRecord.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a run of which not everything is the same each time. */
class CaseCheckTest {

    private static final String RUN = "r";

    @TempDir
    private Path directory;

    private final MemoryStore store = new MemoryStore();
    private final List<TaskRecord> records = new ArrayList<>();
    private Path log = Path.of("");

    @BeforeEach
    void begin() throws IOException {
        log = Files.createFile(directory.resolve("effects"));
    }

    private void effect(String task, int element, String received) throws IOException {
        String line = String.join(
                "\t",
                RUN,
                task,
                Integer.toString(element),
                "1",
                task.equals(Effect.PERSON) ? "" : "key",
                received,
                "1");
        Files.writeString(log, line + "\n", StandardOpenOption.APPEND);
    }

    private void record(String task, String element, Kind kind, Status status) {
        Instant now = Instant.EPOCH;
        records.add(new TaskRecord(task, element, 0, 1, kind, status, null, null, now, now, null));
    }

    private List<String> wrong(RunStatus status, Map<String, Long> effects, Leeway leeway, int kills) {
        store.enter("owner", "owner", Duration.ofSeconds(10));
        NewRun run = new NewRun(
                "owner", new FlowVersion("f", "1"), "", new byte[0], List.of(), null, Instant.EPOCH, 0, Map.of());
        RunWrite.Change end = new RunWrite.Change(status, null, true, Instant.EPOCH);
        store.write(List.of(new RunWrite(RUN, 1, run, List.of(), List.of(), null)));
        store.write(List.of(new RunWrite(RUN, 1, null, records, List.of(), end)));
        CrashCase mine = new CrashCase("f", "MEMORY", 1, null, 1, 0, RUN, log, "", "");
        Map<String, Set<String>> needs = Map.of("a.compensation", Set.of("b.compensation"));
        Expected expected = new Expected(status, "end", effects, needs, leeway);
        return CaseCheck.of(mine, store, World.NONE, expected, List.of("end"), kills, 0, List.<Remains>of(), false);
    }

    private List<String> undoing(boolean started, int kills) {
        Undo undo = new Undo(List.of("a.compensation 1"), started);
        return wrong(
                RunStatus.COMPENSATED,
                Map.of(),
                new Leeway(Set.of("a 1"), List.of(), Map.of("a", undo), Map.of(), Set.of()),
                kills);
    }

    @Test
    void whatIsOnRecordAsDoneIsUndone() throws Exception {
        effect("a", -1, "");
        record("a", "", Kind.END, Status.SUCCEEDED);

        assertThat(undoing(false, 0))
                .containsExactly(
                        "a.compensation 1 has had 0 effects after 0 kills, and a is to be undone",
                        "a is to be undone, and is not on record as undone");
    }

    @Test
    void whatIsUndoneHadBeenRecorded() throws Exception {
        effect("a", -1, "");
        effect("a.compensation", -1, "");

        assertThat(undoing(false, 1))
                .containsExactly("a.compensation 1 has had 1 effects after 1 kills, and a is not to be undone");
    }

    @Test
    void whatHasBegunIsUndoneWhereThatIsWanted() throws Exception {
        effect("a", -1, "");

        assertThat(undoing(true, 0))
                .containsExactly(
                        "a.compensation 1 has had 0 effects after 0 kills, and a is to be undone",
                        "a is to be undone, and is not on record as undone");
    }

    @Test
    void whatHasPerhapsBegunInAProcessThatDiedMayBeUndone() throws Exception {
        effect("a.compensation", -1, "");
        record("a", "", Kind.COMPENSATION, Status.SUCCEEDED);

        assertThat(undoing(true, 1)).isEmpty();
    }

    @Test
    void whatHasNotBegunIsNotUndone() throws Exception {
        effect("a.compensation", -1, "");

        assertThat(undoing(true, 0))
                .containsExactly(
                        "a.compensation has undone what had not been done",
                        "a.compensation 1 has had 1 effects after 0 kills, and a is not to be undone");
    }

    @Test
    void nothingIsUndoneAfterWhatItNeeded() throws Exception {
        effect("a.compensation", -1, "");
        effect("b.compensation", -1, "");

        assertThat(undoing(true, 1)).contains("b.compensation has had an effect after a.compensation, which needs it");
    }

    @Test
    void enoughElementsOfAQuorumHaveAnEffect() throws Exception {
        effect("q", 0, "");
        Set<String> elements = Set.of("q[0] 1", "q[1] 1", "q[2] 1");
        Leeway leeway = new Leeway(elements, List.of(new Choice(2, elements)), Map.of(), Map.of(), Set.of());

        assertThat(wrong(RunStatus.SUCCEEDED, Map.of(), leeway, 0))
                .singleElement()
                .asString()
                .startsWith("1 instead of 2 have had an effect of ");
    }

    @Test
    void aRequestOfEachAttemptIsMadeOnceMoreForEachKill() throws Exception {
        Map<String, Long> twice = Map.of("request PUT 1", 2L);
        for (int i = 0; i < 4; i++) {
            effect("request PUT", -1, "");
        }

        assertThat(wrong(RunStatus.SUCCEEDED, twice, Leeway.NONE, 1)).isEmpty();

        effect("request PUT", -1, "");

        assertThat(wrong(RunStatus.SUCCEEDED, twice, Leeway.NONE, 1))
                .containsExactly("request PUT 1 has had 5 effects instead of 2 after 1 kills");
    }

    @Test
    void whatRunsAgainReceivesTheSame() throws Exception {
        effect("a", -1, "[1]");
        effect("a", -1, "[2]");
        effect("b", -1, "[3]");
        Leeway leeway = new Leeway(Set.of(), List.of(), Map.of(), Map.of("b", "[4]"), Set.of());

        assertThat(wrong(RunStatus.SUCCEEDED, Map.of("a 1", 1L, "b 1", 1L), leeway, 1))
                .containsExactly("a has received [[1], [2]]", "b has received [[3]], not [4]");
    }

    @Test
    void whatIsToRunOnceRunsAgainOnlyIfAPersonSaysSo() throws Exception {
        Leeway leeway = new Leeway(Set.of("a 1"), List.of(), Map.of(), Map.of(), Set.of("a"));
        effect("a", -1, "");
        effect(Effect.PERSON, -1, "");
        effect("a", -1, "");

        assertThat(wrong(RunStatus.SUCCEEDED, Map.of(), leeway, 1)).isEmpty();

        effect("a", -1, "");

        assertThat(wrong(RunStatus.SUCCEEDED, Map.of(), leeway, 2))
                .containsExactly("a has run again, and nobody said so");
    }
}
