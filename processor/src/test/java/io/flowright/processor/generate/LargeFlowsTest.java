package io.flowright.processor.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.processor.compile.Source;
import io.flowright.runtime.Engine;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flows as large as real ones: generated code stays within the limits of the JVM, and every value is right. */
class LargeFlowsTest {

    @TempDir
    Path directory;

    private final Engine engine = Engine.builder().sequential().build();

    private Object run(List<Source> sources, String flow, long start) throws Exception {
        return GeneratedFlow.of(directory, sources, "large." + flow, engine).call("run", start);
    }

    private static Object value(Object result, int key) throws Exception {
        return GeneratedFlow.call(result, "k" + key);
    }

    @Test
    void aChainOfFourThousand() throws Exception {
        Object result = run(LargeFlows.chain(4_000), "ChainFlow", 7);

        assertThat(value(result, 0)).isEqualTo(7L);
        assertThat(value(result, 511)).isEqualTo(7L + 511);
        assertThat(value(result, 512)).isEqualTo(7L + 512);
        assertThat(value(result, 3_999)).isEqualTo(7L + 3_999);
    }

    @Test
    void threeThousandTasksThatRunForEachElement() throws Exception {
        Object result = run(LargeFlows.elements(3_000), "ElementsFlow", 7);

        assertThat(value(result, 511)).isEqualTo(List.of(7L + 511, 8L + 511));
        assertThat(value(result, 2_999)).isEqualTo(List.of(7L + 2_999, 8L + 2_999));
    }

    @Test
    void aFanOutOfFourThousand() throws Exception {
        Object result = run(LargeFlows.fanOut(4_001), "FanOutFlow", 7);

        for (int task = 0; task <= 4_000; task++) {
            assertThat(value(result, task)).isEqualTo(7L + task);
        }
    }

    @Test
    void aFanInOfTwoAndAHalfThousand() throws Exception {
        Object result = run(LargeFlows.fanIn(2_500), "FanInFlow", 7);

        assertThat(GeneratedFlow.call(result, "sum")).isEqualTo(2_500 * 7L + 2_500 * 2_499 / 2);
    }

    @Test
    void tenThousandTasksInLayers() throws Exception {
        int size = 10_000;
        Object result = run(LargeFlows.layers(size), "LayersFlow", 7);

        long[] expected = new long[size];
        for (int task = 0; task < size; task++) {
            int before = task / 10 * 10 - 10;
            expected[task] = task < 10
                    ? 7 + task
                    : (expected[before + task % 10] + expected[before + (task + 1) % 10]) % 1_000_003;
            assertThat(value(result, task)).isEqualTo(expected[task]);
        }
    }

    @Test
    void aThousandPairsOfAlternatives() throws Exception {
        int pairs = 1_000;
        long start = 6;
        Object result = run(LargeFlows.branches(pairs), "BranchFlow", start);

        long expected = start;
        for (int pair = 0; pair < pairs; pair++) {
            expected += start % (2 + pair % 10) == 0 ? 1 : 2;
            assertThat(GeneratedFlow.call(result, "a" + pair)).isEqualTo(expected);
        }
    }
}
