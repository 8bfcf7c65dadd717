package io.flowright.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.operations.RunCount;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountTableTest {

    @Test
    void eachFlowHasARowAndEachStatusAColumn() {
        assertThat(CountTable.lines(
                        List.of(
                                new RunCount("order", RunStatus.SUCCEEDED, 1_000_000),
                                new RunCount("invoice", RunStatus.FAILED, 2),
                                new RunCount("order", RunStatus.FAILED, 3)),
                        Palette.BLANK))
                .containsExactly(
                        "FLOW     FAILED  SUCCEEDED      ALL",
                        "invoice       2          0        2",
                        "order         3    1000000  1000003",
                        "all           5    1000000  1000005");
    }

    @Test
    void oneFlowNeedsNoSum() {
        assertThat(CountTable.lines(List.of(new RunCount("order", RunStatus.PAUSED, 2)), Palette.BLANK))
                .containsExactly("FLOW   PAUSED  ALL", "order       2    2");
    }
}
