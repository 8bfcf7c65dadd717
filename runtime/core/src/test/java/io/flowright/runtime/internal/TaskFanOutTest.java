package io.flowright.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.runtime.Engine;
import io.flowright.runtime.ProgressReport;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.ScriptedFlow;
import io.flowright.runtime.TaskContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskFanOutTest {

    private static final int ELEMENTS = 3;

    /** Which elements have ended, as seen from within each of them. */
    private final List<List<Integer>> seen = new ArrayList<>();

    private @Nullable TaskFanOut observed;

    private String test(String shard, TaskContext task) {
        if (observed != null) {
            seen.add(ended(observed));
        }
        return "report on " + shard;
    }

    private static List<Integer> ended(TaskFanOut fanOut) {
        return IntStream.range(0, ELEMENTS).filter(fanOut::hasEnded).boxed().toList();
    }

    /** A worker that is late may look for the next element when others have ended the task. */
    @Test
    void everyElementHasEndedOnceTheResultsAreHandedOver() {
        try (Engine engine = Engine.builder().sequential().build()) {
            ScriptedFlow flow = ScriptedFlow.named("build")
                    .each("test", "in", nothing -> {}, this::test)
                    .on(engine);
            FlowRun<?> run = (FlowRun<?>) flow.start(RunOptions.none(), List.of("a", "b", "c"));
            TaskFanOut fanOut = new TaskFanOut(run, 0);
            observed = fanOut;
            Worker worker = Worker.beginParticipating(run, true);
            try {
                // One thread looks for other tasks after each element.
                fanOut.open(worker);
                for (int element = 1; element < ELEMENTS; element++) {
                    fanOut.step(worker);
                }
            } finally {
                worker.end();
            }

            assertThat(seen).containsExactly(List.of(), List.of(0), List.of(0, 1));
            assertThat(ended(fanOut)).containsExactly(0, 1, 2);
            assertThat(fanOut.hasEnded(ELEMENTS)).isTrue();
            assertThat(fanOut.progress()).isEqualTo(ProgressReport.of(ELEMENTS, ELEMENTS));
        }
    }
}
