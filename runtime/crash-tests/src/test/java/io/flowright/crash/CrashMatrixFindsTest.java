package io.flowright.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.crash.drawn.DrawnFlows;
import io.flowright.crash.matrix.CrashMatrix;
import io.flowright.crash.matrix.MatrixReport;
import io.flowright.runtime.spi.RunStore;
import io.flowright.runtime.spi.RunWrite;
import io.flowright.runtime.spi.RunWrite.Outcome;
import io.flowright.runtime.spi.TaskRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The crash matrix sees what is wrong, and says in which case. */
@Timeout(120)
class CrashMatrixFindsTest {

    /** A flow of which tasks need others. */
    private static final long SEED = 1;

    @TempDir
    private Path directory;

    /** Results are recorded when the next one is there, after dependants have begun. */
    public static final class LateRecords extends MatrixSetup {

        @Override
        public RunStore open(String address) {
            List<RunWrite> late = new ArrayList<>();
            return new ForwardingStore(super.open(address)) {
                @Override
                public synchronized List<Outcome> write(List<RunWrite> writes) {
                    List<RunWrite> now = new ArrayList<>(late);
                    late.clear();
                    writes.forEach(write -> (isResult(write) ? late : now).add(write));
                    if (!now.isEmpty()) {
                        super.write(now);
                    }
                    return writes.stream().map(write -> Outcome.WRITTEN).toList();
                }
            };
        }

        private static boolean isResult(RunWrite write) {
            return write.begin() == null && write.change() == null;
        }
    }

    /** Whoever goes on with a run does not see the last result on record. */
    public static final class ForgottenRecords extends MatrixSetup {

        @Override
        public RunStore open(String address) {
            boolean isWatching = Thread.currentThread().getName().startsWith("pool");
            return new ForwardingStore(super.open(address)) {
                @Override
                public List<TaskRecord> tasks(String run) {
                    List<TaskRecord> all = super.tasks(run);
                    return isWatching || all.isEmpty() ? all : all.subList(0, all.size() - 1);
                }
            };
        }
    }

    private MatrixReport report(Class<? extends MatrixSetup> setup) throws Exception {
        Path classes = Files.createDirectory(directory.resolve("classes"));
        CrashMatrix matrix = new CrashMatrix(setup, Files.createDirectory(directory.resolve("matrix")))
                .classes(classes)
                .on(StoreKind.SQLITE)
                .only(name -> name.startsWith(SEED + ",SQLITE,1,"));
        DrawnFlows.compile(LongStream.of(SEED), classes).forEach(matrix::flow);
        MatrixReport report = matrix.run();
        assertThat(report.sum().wrong()).isPositive();
        return report;
    }

    @Test
    void resultsThatAreRecordedAfterTheirDependants() throws Exception {
        assertThat(report(LateRecords.class).wrong())
                .anyMatch(text -> text.startsWith(SEED + ",SQLITE,1,after task t")
                        && text.contains("the store has taken, and has not, task t"))
                .anyMatch(text -> text.contains("which needs it"));
    }

    @Test
    void resultsThatAreForgotten() throws Exception {
        assertThat(report(ForgottenRecords.class).wrong())
                .anyMatch(text -> text.startsWith(SEED + ",SQLITE,1,after task t")
                        && text.contains("was recorded, and has had effects since"));
    }
}
