package io.flowright.runtime.internal.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.flowright.runtime.operations.FlowOutline;
import io.flowright.runtime.spi.TaskRecord;
import io.flowright.runtime.spi.TaskRecord.Kind;
import io.flowright.runtime.spi.TaskRecord.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is kept of a run that is begun again: a chain of three tasks, and one beside it. */
class RestartTest {

    private static final FlowOutline OUTLINE = new FlowOutline(
            "flow",
            "",
            "",
            Map.of("in", "Object", "other", "Object"),
            List.of(
                    task("one", List.of(), "in"),
                    task("two", List.of("one")),
                    task("three", List.of("two")),
                    task("beside", List.of(), "other")));

    private final List<TaskRecord> records = new ArrayList<>();

    private static FlowOutline.Task task(String name, List<String> after, String... inputs) {
        return new FlowOutline.Task(
                name, "", after, List.of(inputs), List.of(name), List.of(), null, false, false, false, true);
    }

    private RestartTest on(String task, String element, int attempt, Kind kind, Status status) {
        records.add(new TaskRecord(
                task, element, 0, attempt, kind, status, null, null, null, Instant.EPOCH, Instant.EPOCH));
        return this;
    }

    private RestartTest ended(String task) {
        return on(task, "", 1, Kind.END, Status.SUCCEEDED);
    }

    private RestartTest allEnded() {
        return ended("one").ended("two").ended("three").ended("beside");
    }

    /** The tasks of which records are kept. */
    private Set<String> kept(Set<String> first, Set<String> inputs) {
        Set<String> kept = new TreeSet<>();
        keptRecords(first, inputs).forEach(entry -> kept.add(entry.task() + entry.element()));
        return kept;
    }

    private List<TaskRecord> keptRecords(Set<String> first, Set<String> inputs) {
        return Restart.kept(OUTLINE, RecordedTask.of(records), first, inputs);
    }

    private Set<String> kept() {
        return kept(Set.of(), Set.of());
    }

    @Test
    void aTaskRunsAgainWithAllThatDependOnIt() {
        assertThat(allEnded().kept(Set.of("two"), Set.of())).containsExactly("beside", "one");
    }

    @Test
    void anInputWithAnotherValueIsTakenAgain() {
        assertThat(allEnded().kept(Set.of(), Set.of("other"))).containsExactly("one", "three", "two");
        records.clear();
        assertThat(allEnded().kept(Set.of(), Set.of("in"))).containsExactly("beside");
    }

    @Test
    void whatWasUndoneRunsAgainWithAllThatDependOnIt() {
        allEnded().on("two", "", 1, Kind.COMPENSATION, Status.SUCCEEDED);

        assertThat(kept()).containsExactly("beside", "one");
    }

    @Test
    void whatWasUndoneForOneElementRunsAgain() {
        ended("one")
                .on("two", "0", 1, Kind.END, Status.SUCCEEDED)
                .on("two", "1", 1, Kind.END, Status.SUCCEEDED)
                .on("two", "1", 1, Kind.COMPENSATION, Status.SUCCEEDED);

        assertThat(kept()).containsExactly("one");
    }

    /** What it did is still there. That it could not be undone is no longer of interest. */
    @ParameterizedTest
    @EnumSource(
            value = Status.class,
            names = {"RETRYING", "FAILED"})
    void whatCouldNotBeUndoneIsKept(Status status) {
        ended("one").on("one", "", 1, Kind.COMPENSATION, status);

        assertThat(keptRecords(Set.of(), Set.of())).extracting(TaskRecord::kind).containsExactly(Kind.END);
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCEEDED, true",
        "TAKEN, true",
        "TOLERATED, true",
        "RETRYING, false",
        "FAILED, false",
    })
    void whatHasNotComeToItsEndIsNotKept(Status status, boolean kept) {
        on("one", "", 1, Kind.START, Status.STARTED)
                .on("one", "", 1, Kind.END, status)
                .ended("beside");

        assertThat(kept().contains("one")).isEqualTo(kept);
        assertThat(kept()).contains("beside");
    }

    @Test
    void theLastAttemptSaysHowItEndedInWhateverOrderTheRecordsCome() {
        on("one", "", 2, Kind.END, Status.FAILED)
                .on("one", "", 1, Kind.END, Status.SUCCEEDED)
                .on("two", "", 2, Kind.END, Status.SUCCEEDED)
                .on("two", "", 1, Kind.END, Status.RETRYING);

        assertThat(keptRecords(Set.of(), Set.of()))
                .extracting(TaskRecord::task, TaskRecord::attempt)
                .containsExactly(tuple("two", 1), tuple("two", 2));
    }

    @Test
    void whatHasOnlyBegunIsNotKept() {
        on("one", "", 1, Kind.START, Status.STARTED);

        assertThat(kept()).isEmpty();
    }

    @Test
    void ofElementsThoseAreKeptThatHaveEnded() {
        on("one", "0", 1, Kind.END, Status.SUCCEEDED)
                .on("one", "1", 1, Kind.END, Status.FAILED)
                .on("one", "10", 1, Kind.END, Status.SUCCEEDED);

        assertThat(kept()).containsExactly("one0", "one10");
    }

    @Test
    void anInterruptChangesNothing() {
        ended("one").on("one", "", 2, Kind.INTERRUPT, Status.INTERRUPTED);

        assertThat(keptRecords(Set.of(), Set.of())).extracting(TaskRecord::kind).containsExactly(Kind.END);
    }
}
