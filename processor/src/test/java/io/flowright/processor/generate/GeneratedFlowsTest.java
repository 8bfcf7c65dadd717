package io.flowright.processor.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.runtime.Engine;
import io.flowright.runtime.Run;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Generated flows, run. */
class GeneratedFlowsTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aRandomFlowGivesTheValuesOfTheReferenceOnEachEngine(long seed) throws Exception {
        int size = seed == 8 ? 700 : 10 + (int) seed * 20;
        RandomFlow random = new RandomFlow(seed, size, 42);
        try (Engine sequential = Engine.builder().sequential().build();
                Engine parallel = Engine.builder().parallelism(4).build()) {
            GeneratedFlow flow = GeneratedFlow.of(directory, random.sources(), "drawn.RandomFlow", sequential);
            assertThat(new TreeMap<>(GeneratedFlow.values(flow.call("run", 42))))
                    .isEqualTo(random.expected());

            GeneratedFlow same = flow.on(parallel);
            for (int run = 0; run < 20; run++) {
                Object result = ((Run<?>) same.call("start", 42)).result();
                assertThat(new TreeMap<>(GeneratedFlow.values(result))).isEqualTo(random.expected());
            }
        }
    }
}
