package io.flowright.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0s",
        "PT0.000000001S, 1us",
        "PT0.000012S, 12us",
        "PT0.25S, 250ms",
        "PT1S, 1s",
        "PT1.2049S, 1s 204ms",
        "PT90S, 1m 30s",
        "PT2H, 2h",
        "PT2H5M3S, 2h 5m",
        "P7D, 7d",
        "P7DT3H, 7d 3h",
        "PT-1.5S, -1s 500ms"
    })
    void areWrittenInTheirTwoLargestUnits(Duration duration, String text) {
        assertThat(Durations.text(duration)).isEqualTo(text);
    }
}
