package io.flowright.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.crash.drawn.DrawnFlows;
import io.flowright.crash.matrix.CrashMatrix;
import io.flowright.crash.matrix.Expected;
import io.flowright.crash.matrix.MatrixReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every flow on every store, with one process and with two, may die at any moment.
 *
 * <p>{@code flowright.crash.flows} says how many flows are drawn by lot, 2 unless told; {@code flowright.crash.seed} is the seed of the
 * first of them or, alone, all that is run: a seed, the name of a flow, or a case as a failure names it.
 */
class CrashMatrixTest {

    /** They have of everything. */
    private static final int FLOWS = 2;

    private static final long FIRST = 6;

    @TempDir
    private Path directory;

    @Test
    void anyMomentMayBeTheLast() throws Exception {
        CrashMatrix matrix = new CrashMatrix(MatrixSetup.class, Files.createDirectory(directory.resolve("matrix")));
        for (StoreKind kind : StoreKind.values()) {
            matrix.on(new MatrixSetup.Kind(kind));
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

    private void choose(CrashMatrix matrix) throws Exception {
        String seed = System.getProperty("flowright.crash.seed", "");
        Integer flows = Integer.getInteger("flowright.crash.flows");
        if (seed.isEmpty() || flows != null) {
            known(matrix);
            drawn(matrix, seed.isEmpty() ? FIRST : Long.parseLong(seed), flows == null ? FLOWS : flows);
            return;
        }
        String flow = seed.split(",", 2)[0];
        if (Character.isDigit(flow.charAt(0))) {
            drawn(matrix, Long.parseLong(flow), 1);
        } else {
            matrix.flow(flow);
        }
        matrix.only(name -> name.equals(seed) || seed.equals(flow));
    }

    private static void known(CrashMatrix matrix) {
        for (FlowKind flow : FlowKind.values()) {
            // A person goes on with that.
            if (flow != FlowKind.ONCE) {
                matrix.flow(flow.name());
            }
        }
    }

    private void drawn(CrashMatrix matrix, long first, int count) throws Exception {
        Path classes = Files.createDirectory(directory.resolve("classes"));
        DrawnFlows.compile(LongStream.range(first, first + count), classes).forEach(matrix::flow);
        matrix.classes(classes);
    }
}
