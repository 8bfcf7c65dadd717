package io.flowright.processor.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.processor.compile.Compilation;
import io.flowright.processor.compile.Compiler;
import io.flowright.runtime.Engine;
import io.flowright.runtime.Run;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the compiler proves of random flows with branches is what happens, in every case. */
class BranchesTest {

    private static final int MOST_RUNS = 60;

    @TempDir
    Path directory;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 60);
    }

    @Test
    void goodAndBadFlowsAreDrawn() {
        List<RandomBranches> drawn = seeds().mapToObj(BranchesTest::draw).toList();

        assertThat(drawn).filteredOn(RandomBranches::overlaps).hasSizeGreaterThan(3);
        assertThat(drawn).filteredOn(RandomBranches::hasIdleTask).hasSizeGreaterThan(3);
        assertThat(drawn)
                .filteredOn(branches -> !branches.overlaps() && !branches.hasIdleTask())
                .hasSizeGreaterThan(15);
    }

    private static RandomBranches draw(long seed) {
        return new RandomBranches(seed, 6 + (int) (seed % 12));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theProofAgreesWithEveryCaseAndTheRunWithTheProof(long seed) throws Exception {
        RandomBranches branches = draw(seed);
        Compilation compilation = Compiler.JAVAC.compile(directory, branches.sources());

        assertThat(compilation.others()).isEmpty();
        assertThat(compilation.ids().contains("overlapping-providers")).isEqualTo(branches.overlaps());
        assertThat(compilation.ids().contains("never-runs")).isEqualTo(branches.hasIdleTask());
        assertThat(compilation.success()).isEqualTo(!branches.overlaps() && !branches.hasIdleTask());
        if (compilation.success()) {
            checkRuns(branches);
        }
    }

    private void checkRuns(RandomBranches branches) throws Exception {
        try (Engine sequential = Engine.builder().sequential().build();
                Engine parallel = Engine.builder().parallelism(3).build()) {
            GeneratedFlow flow =
                    GeneratedFlow.of(directory, branches.sources(), "drawn.BranchFlow", sequential, "-nowarn");
            GeneratedFlow same = flow.on(parallel);
            List<int[]> cases = branches.cases();
            int step = Math.max(1, cases.size() / MOST_RUNS);
            for (int i = 0; i < cases.size(); i += step) {
                int[] choices = cases.get(i);
                Object result = flow.call("run", (Object) choices);
                assertThat(present(result)).isEqualTo(branches.play(choices));
                Object other = ((Run<?>) same.call("start", (Object) choices)).result();
                assertThat(present(other)).isEqualTo(branches.play(choices));
                if (i == 0) {
                    assertThat(Arrays.stream(result.getClass().getDeclaredMethods())
                                    .filter(method -> method.getReturnType() == Optional.class)
                                    .map(Method::getName)
                                    .collect(Collectors.toSet()))
                            .isEqualTo(branches.sometimesAbsent());
                }
            }
        }
    }

    private static Map<String, Object> present(Object result) throws ReflectiveOperationException {
        Map<String, Object> present = new HashMap<>();
        for (Method accessor : result.getClass().getDeclaredMethods()) {
            if (Modifier.isPublic(accessor.getModifiers())
                    && !accessor.getName().equals("toString")) {
                RandomBranches.value(accessor.invoke(result))
                        .ifPresent(value -> present.put(accessor.getName(), value));
            }
        }
        return present;
    }
}
