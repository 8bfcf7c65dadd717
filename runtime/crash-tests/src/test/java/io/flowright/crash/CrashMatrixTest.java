package io.flowright.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.crash.drawn.DrawnFlows;
import io.flowright.crash.matrix.CrashMatrix;
import io.flowright.crash.matrix.Expected;
import io.flowright.crash.matrix.MatrixReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every flow on every store, with one process and with two, may die at any moment.
 *
 * <p>{@code flowright.crash.flows} says how many flows are drawn by lot, {@code flowright.crash.seed} the seed of the first of them, 1 unless
 * told. The seed alone is all that is run: a seed, some ({@code 7-9}), the name of a flow, or a case as a failure names it. Without both
 * there are two drawn flows beside those of the tests, and two of five moments of each.
 */
class CrashMatrixTest {

    /**
     * Together they have of everything that is drawn, and are the smallest two found that have. The first succeeds, the second fails
     * within; how it is when the last task fails, SAGA shows.
     */
    private static final long[] SEEDS = {45_861, 386_859};

    @TempDir
    private Path directory;

    @Test
    void anyMomentMayBeTheLast() throws Exception {
        CrashMatrix matrix = new CrashMatrix(MatrixSetup.class, Files.createDirectory(directory.resolve("matrix")));
        for (StoreKind kind : StoreKind.values()) {
            matrix.on(kind);
        }
        choose(matrix);

        MatrixReport report = matrix.run();

        System.out.println(report.table());
        System.out.println(report.summary());
        assertThat(report.wrong()).isEmpty();
        assertThat(report.sum().kills()).isPositive();
        for (FlowKind flow : FlowKind.values()) {
            Expected end = report.ends().get(flow.name());
            if (end != null) {
                assertThat(end.status()).as(flow.name()).isEqualTo(flow.status());
                assertThat(end.outcome()).as(flow.name()).isEqualTo(flow.outcome());
            }
        }
    }

    @Test
    void theFlowsThatAreAlwaysRunHaveOfEverything() {
        assertThat(DrawnFlows.missing(LongStream.of(SEEDS))).isEmpty();
    }

    private void choose(CrashMatrix matrix) throws Exception {
        String seed = System.getProperty("flowright.crash.seed", "");
        Integer flows = Integer.getInteger("flowright.crash.flows");
        if (seed.isEmpty() && flows == null) {
            known(matrix);
            drawn(matrix, LongStream.of(SEEDS));
            matrix.only(CrashMatrixTest::isInEveryBuild);
            return;
        }
        if (flows != null) {
            known(matrix);
            long first = seed.isEmpty() ? 1 : Long.parseLong(seed);
            drawn(matrix, LongStream.range(first, first + flows));
            return;
        }
        String flow = seed.split(",", 2)[0];
        if (Character.isDigit(flow.charAt(0))) {
            drawn(matrix, range(flow));
        } else {
            matrix.flow(flow);
        }
        matrix.only(name -> name.equals(seed) || seed.equals(flow));
    }

    /** Of {@code 7} the 7, of {@code 7-9} the 7, 8 and 9. */
    private static LongStream range(String seeds) {
        String[] ends = seeds.split("-", 2);
        return LongStream.rangeClosed(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]));
    }

    /** Two of five cases, always the same. */
    private static boolean isInEveryBuild(String name) {
        return new Random(name.hashCode()).nextInt(5) < 2;
    }

    private static void known(CrashMatrix matrix) {
        for (FlowKind flow : FlowKind.values()) {
            // A person goes on with that.
            if (flow != FlowKind.ONCE) {
                matrix.flow(flow.name());
            }
        }
    }

    private void drawn(CrashMatrix matrix, LongStream seeds) throws Exception {
        Path classes = Files.createDirectory(directory.resolve("classes"));
        DrawnFlows.compile(seeds, classes).forEach(matrix::flow);
        matrix.classes(classes);
    }
}
