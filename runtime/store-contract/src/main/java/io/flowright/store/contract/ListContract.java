package io.flowright.store.contract;

import static io.flowright.runtime.spi.RunWrite.Outcome.EXISTS;
import static io.flowright.runtime.spi.RunWrite.Outcome.WRITTEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.operations.RunCount;
import io.flowright.runtime.operations.RunCursor;
import io.flowright.runtime.operations.RunQuery;
import io.flowright.runtime.operations.RunSummary;
import io.flowright.runtime.spi.FlowVersion;
import io.flowright.runtime.spi.NewRun;
import io.flowright.runtime.spi.RunAdministration;
import io.flowright.runtime.spi.RunRecord;
import io.flowright.runtime.spi.RunWrite;
import io.flowright.runtime.spi.TaskRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is found, and in which order: lists, tags, priorities. */
abstract class ListContract extends OwnershipContract {

    private static final FlowVersion RETURNS = new FlowVersion("returns", "f1");

    private static final Comparator<RunSummary> NEWEST_FIRST = Comparator.comparing(RunSummary::createdAt)
            .thenComparing(run -> run.id().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned)
            .reversed();

    /** For people who look after runs; as another process would. */
    final RunAdministration desk() {
        return other().administration();
    }

    final void beginTagged(String run, String owner, FlowVersion flow, Instant createdAt, Map<String, String> tags) {
        NewRun begin = new NewRun(owner, flow, "1.0", bytes("inputs"), List.of(), null, createdAt, 0, tags);
        assertThat(write(beginning(run, begin))).isEqualTo(WRITTEN);
    }

    final void beginWithPriority(String run, String owner, int priority, Instant createdAt) {
        NewRun begin = new NewRun(owner, FLOW, "1.0", bytes("inputs"), List.of(), null, createdAt, priority, Map.of());
        assertThat(write(beginning(run, begin))).isEqualTo(WRITTEN);
    }

    private List<String> listed(RunQuery query) {
        return desk().list(query, null, 1_000).stream().map(RunSummary::id).toList();
    }

    // ---- one run -------------------------------------------------------------------------------------------------

    @Test
    void summaryShowsARunThatGoesOn() {
        Map<String, String> tags = Map.of("shop", "berlin", "order", "42", "empty", "");
        NewRun begin = new NewRun("live", FLOW, "1.7", bytes("inputs"), List.of("a"), null, NOW, -3, tags);
        write(beginning("run", begin));

        assertThat(desk().summary("run"))
                .contains(
                        new RunSummary("run", "order", "f1", "1.7", RunStatus.RUNNING, "live", 1, -3, tags, NOW, null));
        assertThat(desk().summary("another")).isEmpty();
    }

    @Test
    void summaryShowsARunThatHasEnded() {
        beginAndBecome("run", "live", RunStatus.SUCCEEDED, true);

        assertThat(desk().summary("run"))
                .contains(new RunSummary(
                        "run", "order", "f1", "1.0", RunStatus.SUCCEEDED, null, 1, 0, Map.of(), NOW, NOW));
        assertThat(desk().list(RunQuery.all(), null, 10))
                .containsExactly(desk().summary("run").orElseThrow());
    }

    @Test
    void outlineIsTheOneThatWasAnnouncedLast() {
        store().announce("live", FLOW, bytes("before"));
        store().announce("adopter", FLOW, bytes("after"));
        store().announce("live", RETURNS, new byte[0]);
        store().leave("live");
        store().leave("adopter");

        assertThat(desk().outline(FLOW)).hasValue(bytes("after"));
        assertThat(desk().outline(RETURNS)).hasValue(new byte[0]);
        assertThat(desk().outline(new FlowVersion("order", "f2"))).isEmpty();
    }

    // ---- tags ----------------------------------------------------------------------------------------------------

    @Test
    void tagsOfARunThatIsRefusedAreRefusedWithIt() {
        beginTagged("run", "live", FLOW, NOW, Map.of("shop", "berlin"));
        NewRun another =
                new NewRun("adopter", FLOW, "", bytes("x"), List.of(), null, NOW, 5, Map.of("shop", "bonn", "a", "b"));

        assertThat(write(beginning("run", another))).isEqualTo(EXISTS);

        RunSummary run = desk().summary("run").orElseThrow();
        assertThat(run.tags()).containsExactly(Map.entry("shop", "berlin"));
        assertThat(run.priority()).isZero();
        assertThat(listed(RunQuery.all().withTag("shop", "bonn"))).isEmpty();
    }

    @Test
    void beginningWithTagsMayBeRepeated() {
        beginTagged("run", "live", FLOW, NOW, Map.of("shop", "berlin"));
        beginTagged("run", "live", FLOW, NOW, Map.of("shop", "berlin"));

        assertThat(desk().summary("run").orElseThrow().tags()).containsExactly(Map.entry("shop", "berlin"));
        assertThat(listed(RunQuery.all().withTag("shop", "berlin"))).containsExactly("run");
    }

    @Test
    void runsWithAndWithoutTagsAreWrittenTogether() {
        List<RunWrite> writes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Map<String, String> tags = i % 2 == 0 ? Map.of() : Map.of("number", "" + i, "odd", "yes");
            writes.add(beginning(
                    "run" + i,
                    new NewRun("live", FLOW, "", bytes("x"), List.of(), null, NOW, i, tags),
                    succeeded("one")));
            writes.add(tasks("run" + i, 1, succeeded("two")));
            writes.add(change("run" + i, 1, RunStatus.SUCCEEDED, true));
        }

        assertThat(store().write(writes)).containsOnly(WRITTEN);

        for (int i = 0; i < 20; i++) {
            RunSummary run = desk().summary("run" + i).orElseThrow();
            assertThat(run.tags()).hasSize(i % 2 == 0 ? 0 : 2);
            assertThat(run.priority()).isEqualTo(i);
            assertThat(taskNames("run" + i)).containsExactly("one", "two");
        }
        assertThat(listed(RunQuery.all().withTag("number", "7"))).containsExactly("run7");
        assertThat(listed(RunQuery.all().withTag("odd", "yes"))).hasSize(10);
    }

    @Test
    void tagsAreTakenLiterally() {
        String name = "a'b\"c\\d{e},f%";
        String value = "ü😀 'x' \"y\" {z}, \n";
        beginTagged("run", "live", FLOW, NOW, Map.of(name, value));
        beginTagged("other", "live", FLOW, NOW, Map.of(name, value.trim()));

        assertThat(desk().summary("run").orElseThrow().tags()).containsExactly(Map.entry(name, value));
        assertThat(listed(RunQuery.all().withTag(name, value))).containsExactly("run");
        assertThat(listed(RunQuery.all().withTag(name, "%"))).isEmpty();
        assertThat(listed(RunQuery.all().withTag("a%", value))).isEmpty();
    }

    // ---- lists ---------------------------------------------------------------------------------------------------

    @Test
    void emptyStoreHasAnEmptyList() {
        assertThat(desk().list(RunQuery.all(), null, 10)).isEmpty();
        assertThat(desk().list(RunQuery.all().ofFlow("order").active().withTag("a", "b"), null, 10))
                .isEmpty();
        assertThat(desk().count()).isEmpty();
    }

    @Test
    void newestRunsComeFirst() {
        begin("second", "live", RETURNS, NOW.plusSeconds(1));
        begin("first", "live", FLOW, NOW.plusNanos(1_000));
        begin("zeroth", "live", FLOW, NOW);
        begin("third", "live", FLOW, NOW.plusSeconds(1).plusNanos(1_000));

        assertThat(listed(RunQuery.all())).containsExactly("third", "second", "first", "zeroth");
        assertThat(desk().list(RunQuery.all(), null, 2))
                .extracting(RunSummary::id)
                .containsExactly("third", "second");
        assertThat(desk().list(RunQuery.all(), null, 0)).isEmpty();
    }

    /** As UTF-8 is ordered, not as a {@code String}: the surrogates of the last come before U+FF5A there. */
    @Test
    void runsOfOneMomentAreInTheOrderOfTheirCodePoints() {
        List<String> ids = List.of("A", "a", "a ", "aa", "ä", "\uFF5A", "\uD83D\uDE00", "\uD83D\uDE00b");
        for (int i = 0; i < ids.size(); i++) {
            beginTagged(ids.get(i), "live", i % 2 == 0 ? FLOW : RETURNS, NOW, Map.of("all", "yes"));
        }
        List<String> expected = new ArrayList<>(ids);
        Collections.reverse(expected);

        assertThat(listed(RunQuery.all())).isEqualTo(expected);
        assertThat(paged(RunQuery.all(), 1)).isEqualTo(expected);
        assertThat(paged(RunQuery.all().withTag("all", "yes"), 3)).isEqualTo(expected);
    }

    @Test
    void timesOfAQueryAreExact() {
        for (int micros = 0; micros < 5; micros++) {
            beginTagged("run" + micros, "live", FLOW, NOW.plusNanos(micros * 1_000L), Map.of("all", "yes"));
        }
        for (RunQuery query : List.of(RunQuery.all(), RunQuery.all().withTag("all", "yes"))) {
            Instant second = NOW.plusNanos(1_000);
            assertThat(listed(query.from(second))).containsExactly("run4", "run3", "run2", "run1");
            assertThat(listed(query.from(second.plusNanos(1)))).containsExactly("run4", "run3", "run2");
            assertThat(listed(query.before(second))).containsExactly("run0");
            assertThat(listed(query.before(second.plusNanos(1)))).containsExactly("run1", "run0");
            assertThat(listed(query.from(second).before(NOW.plusNanos(3_000)))).containsExactly("run2", "run1");
            assertThat(listed(query.from(NOW.plusSeconds(1)))).isEmpty();
            assertThat(listed(query.before(Instant.MAX).from(Instant.MIN))).hasSize(5);
            assertThat(listed(query.before(NOW).from(NOW.plusSeconds(1)))).isEmpty();
        }
    }

    @Test
    void cursorMayBeBetweenRuns() {
        for (int micros = 0; micros < 4; micros++) {
            begin("run" + micros, "live", FLOW, NOW.plusNanos(micros * 1_000L));
        }

        assertThat(after(new RunCursor(NOW.plusNanos(2_000), "run2"))).containsExactly("run1", "run0");
        assertThat(after(new RunCursor(NOW.plusNanos(2_000), "run3"))).containsExactly("run2", "run1", "run0");
        assertThat(after(new RunCursor(NOW.plusNanos(2_000), "a"))).containsExactly("run1", "run0");
        assertThat(after(new RunCursor(NOW.plusNanos(2_001), "a"))).containsExactly("run2", "run1", "run0");
        assertThat(after(new RunCursor(NOW, "run0"))).isEmpty();
        assertThat(desk().list(
                                RunQuery.all().before(NOW.plusNanos(1_000)),
                                new RunCursor(NOW.plusNanos(2_000), "x"),
                                9))
                .extracting(RunSummary::id)
                .containsExactly("run0");
    }

    private List<String> after(RunCursor cursor) {
        return desk().list(RunQuery.all(), cursor, 10).stream()
                .map(RunSummary::id)
                .toList();
    }

    @Test
    void everyQueryFindsWhatItSaysInPagesOfAnySize() {
        List<RunSummary> runs = manyRuns();
        List<RunSummary> all = desk().list(RunQuery.all(), null, 1_000);
        assertThat(all).isEqualTo(runs.stream().sorted(NEWEST_FIRST).toList());

        for (RunQuery query : manyQueries()) {
            List<String> expected = all.stream()
                    .filter(run -> applies(query, run))
                    .map(RunSummary::id)
                    .toList();
            for (int size : List.of(1, 4, 100)) {
                assertThat(paged(query, size)).as("%s by %s", query, size).isEqualTo(expected);
            }
        }
    }

    private List<RunSummary> manyRuns() {
        List<FlowVersion> flows = List.of(FLOW, RETURNS, new FlowVersion("order", "f2"), new FlowVersion("ä", "f1"));
        List<RunStatus> statuses = Stream.of(RunStatus.values())
                .filter(status -> status != RunStatus.PENDING && status != RunStatus.WAITING)
                .toList();
        List<RunSummary> runs = new ArrayList<>();
        List<RunWrite> writes = new ArrayList<>();
        for (int i = 0; i < 48; i++) {
            String id = "run" + i * 31 % 48;
            FlowVersion flow = flows.get(i % flows.size());
            RunStatus status = statuses.get(i * 7 % statuses.size());
            Instant createdAt = NOW.plusNanos(i / 3 * 1_000L);
            Map<String, String> tags = new LinkedHashMap<>();
            if (i % 2 == 0) {
                tags.put("shop", i % 4 == 0 ? "berlin" : "bonn");
            }
            if (i % 3 == 0) {
                tags.put("order", "" + i / 6);
            }
            NewRun begin = new NewRun("live", flow, "1.0", bytes("x"), List.of(), null, createdAt, i % 3, tags);
            writes.add(beginning(id, begin));
            boolean ended = !status.isActive();
            writes.add(change(id, 1, status, ended));
            runs.add(new RunSummary(
                    id,
                    flow.flow(),
                    flow.fingerprint(),
                    "1.0",
                    status,
                    ended ? null : "live",
                    1,
                    i % 3,
                    tags,
                    createdAt,
                    ended ? NOW : null));
        }
        assertThat(store().write(writes)).containsOnly(WRITTEN);
        return runs;
    }

    private static List<RunQuery> manyQueries() {
        List<RunQuery> queries = new ArrayList<>();
        for (@Nullable String flow : Arrays.asList(null, "order", "returns", "ä", "nobody's")) {
            for (Set<RunStatus> statuses : List.of(
                    Set.<RunStatus>of(),
                    Set.of(RunStatus.FAILED),
                    Set.of(RunStatus.WAITING),
                    RunQuery.all().active().statuses(),
                    RunQuery.all().done().statuses())) {
                for (Map<String, String> tags : List.of(
                        Map.<String, String>of(),
                        Map.of("shop", "berlin"),
                        Map.of("shop", "bonn", "order", "3"),
                        Map.of("shop", "paris"))) {
                    queries.add(new RunQuery(flow, statuses, tags, null, null));
                    queries.add(new RunQuery(flow, statuses, tags, NOW.plusNanos(4_000), NOW.plusNanos(11_000)));
                }
            }
        }
        return queries;
    }

    private static boolean applies(RunQuery query, RunSummary run) {
        return (query.flow() == null || query.flow().equals(run.flow()))
                && (query.statuses().isEmpty() || query.statuses().contains(run.status()))
                && query.tags().entrySet().stream()
                        .allMatch(tag -> tag.getValue().equals(run.tags().get(tag.getKey())))
                && (query.createdFrom() == null || run.createdAt().compareTo(query.createdFrom()) >= 0)
                && (query.createdBefore() == null || run.createdAt().compareTo(query.createdBefore()) < 0);
    }

    private List<String> paged(RunQuery query, int size) {
        List<String> ids = new ArrayList<>();
        RunCursor cursor = null;
        List<RunSummary> page;
        do {
            page = desk().list(query, cursor, size);
            assertThat(page).hasSizeLessThanOrEqualTo(size);
            page.forEach(run -> ids.add(run.id()));
            cursor = page.isEmpty() ? null : page.get(page.size() - 1).cursor();
        } while (page.size() == size);
        return ids;
    }

    @Test
    void pagesStayWhereTheyAreWhileRunsBeginAndEnd() {
        for (int i = 0; i < 9; i++) {
            begin("run" + i, "live", FLOW, NOW.plusSeconds(i));
        }
        List<RunSummary> page = desk().list(RunQuery.all(), null, 3);
        assertThat(page).extracting(RunSummary::id).containsExactly("run8", "run7", "run6");

        begin("newer", "live", FLOW, NOW.plusSeconds(100));
        write(change("run6", 1, RunStatus.SUCCEEDED, true));
        write(change("run4", 1, RunStatus.FAILED, true));

        List<RunSummary> next = desk().list(RunQuery.all(), page.get(2).cursor(), 3);
        assertThat(next).extracting(RunSummary::id).containsExactly("run5", "run4", "run3");
        List<RunSummary> last = desk().list(RunQuery.all(), next.get(2).cursor(), 10);
        assertThat(last).extracting(RunSummary::id).containsExactly("run2", "run1", "run0");
    }

    /** A run that goes from one status to the next must not slip through between two looks. */
    @Test
    void noRunIsMissedOrSeenTwiceWhileItChanges() throws Exception {
        int runs = 40;
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            begin("run" + (10 + i), "live", i % 2 == 0 ? FLOW : RETURNS, NOW.plusSeconds(i / 2));
            expected.add(0, "run" + (10 + i));
        }
        AtomicBoolean ended = new AtomicBoolean();
        List<Callable<Boolean>> calls = new ArrayList<>();
        calls.add(() -> {
            RunStatus[] statuses = {RunStatus.COMPENSATING, RunStatus.FAILED, RunStatus.SUCCEEDED, RunStatus.RUNNING};
            for (int round = 0; !ended.get(); round++) {
                store().write(List.of(
                        change("run" + (10 + round * 7 % runs), 1, statuses[round % statuses.length], false)));
            }
            return true;
        });
        calls.add(() -> {
            try {
                for (int round = 0; round < 20; round++) {
                    assertThat(listed(RunQuery.all())).isEqualTo(expected);
                    assertThat(paged(RunQuery.all(), 7)).isEqualTo(expected);
                }
            } finally {
                ended.set(true);
            }
            return true;
        });

        assertThat(together(calls)).containsOnly(true);
    }

    @Test
    void runsAreCountedByFlowAndStatus() {
        for (int i = 0; i < 3; i++) {
            begin("returns" + i, "live", RETURNS, NOW);
            beginAndBecome("order" + i, "live", RunStatus.SUCCEEDED, true);
        }
        beginAndBecome("failed", "live", RunStatus.FAILED, true);
        begin("changed", "live", new FlowVersion("order", "f2"), NOW);
        begin("upper", "live", new FlowVersion("Order", "f1"), NOW);

        assertThat(desk().count())
                .containsExactly(
                        new RunCount("Order", RunStatus.RUNNING, 1),
                        new RunCount("order", RunStatus.RUNNING, 1),
                        new RunCount("order", RunStatus.FAILED, 1),
                        new RunCount("order", RunStatus.SUCCEEDED, 3),
                        new RunCount("returns", RunStatus.RUNNING, 3));
    }

    // ---- priorities ----------------------------------------------------------------------------------------------

    @Test
    void runsWithAHigherPriorityAreAdoptedFirstAndTheOldestOfThem() {
        beginWithPriority("low", "dead", -1, NOW);
        beginWithPriority("high but young", "gone", 7, NOW.plusSeconds(9));
        beginWithPriority("high", "dead", 7, NOW.plusSeconds(3));
        beginWithPriority("normal", "gone", 0, NOW.plusSeconds(1));
        beginWithPriority("normal but young", "dead", 0, NOW.plusSeconds(2));
        assertThat(ids(store().orphans(2))).containsExactly("low", "normal");
        assertThat(ids(store().orphans(10)))
                .containsExactly("low", "normal", "normal but young", "high", "high but young");

        assertThat(ids(store().adopt("adopter", Set.of(FLOW), 2))).containsExactly("high", "high but young");
        assertThat(ids(other().adopt("adopter", Set.of(FLOW), 9))).containsExactly("normal", "normal but young", "low");
    }

    @Test
    void manyPrioritiesAreAdoptedInTurn() {
        IntStream.range(0, 50).forEach(i -> beginWithPriority("run" + i, "dead" + i % 3, i * 17 % 50, NOW));

        List<RunRecord> adopted = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            adopted.addAll(store().adopt("adopter", Set.of(FLOW), 5));
        }

        assertThat(adopted)
                .extracting(run -> desk().summary(run.id()).orElseThrow().priority())
                .isSortedAccordingTo(Comparator.reverseOrder())
                .hasSize(50);
    }

    // ---- what is kept of attempts for people ---------------------------------------------------------------------

    @Test
    void hashesAndProgressOfAttemptsAreKept() {
        begin("run", "live");
        List<TaskRecord> records = List.of(
                withHashes("all", "in", "out", bytes("progress")),
                withHashes("none", null, null, null),
                withHashes("empty", "", "", new byte[0]));

        assertThat(write(tasks("run", 1, records.get(0)))).isEqualTo(WRITTEN);
        assertThat(write(tasks("run", 1, records.get(1), records.get(2)))).isEqualTo(WRITTEN);

        assertSame(other().tasks("run"), records);
    }

    private static TaskRecord withHashes(
            String task, @Nullable String input, @Nullable String output, byte @Nullable [] progress) {
        return new TaskRecord(
                task,
                "",
                0,
                1,
                TaskRecord.Kind.END,
                TaskRecord.Status.SUCCEEDED,
                null,
                null,
                null,
                NOW,
                null,
                input,
                output,
                progress);
    }
}
