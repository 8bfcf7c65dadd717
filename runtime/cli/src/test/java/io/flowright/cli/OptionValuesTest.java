package io.flowright.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class OptionValuesTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneId.of("Europe/Berlin"));

    @ParameterizedTest
    @CsvSource({"250ms,PT0.25S", "30s,PT30S", "5m,PT5M", "2h,PT2H", "7d,P7D", "PT1H30M,PT1H30M", "0s,PT0S"})
    void durationsAreWrittenAsInAnnotations(String text, String duration) {
        assertThat(Converters.duration(text)).isEqualTo(Duration.parse(duration));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "", "-5s", "PT-5S", "9999999999d", "a week"})
    void whatIsNoDurationIsNamed(String text) {
        assertThatThrownBy(() -> Converters.duration(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageStartingWith("'" + text + "' is no duration");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T08:00:00Z,2026-11-20T08:00:00Z",
        "2026-11-20T08:00:00+02:00,2026-11-20T06:00:00Z",
        "2026-11-20T08:00,2026-11-20T07:00:00Z",
        "2026-11-20 08:00:30,2026-11-20T07:00:30Z",
        "2026-11-20,2026-11-19T23:00:00Z",
        "2h,2026-11-21T08:00:00Z"
    })
    void momentsAreThoseOfTheZoneOrSoLongAgo(String text, String moment) {
        assertThat(Moments.parse("--since", text, CLOCK)).isEqualTo(moment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2026-13-01", "P999999999999D", ""})
    void whatIsNoMomentIsNamed(String text) {
        assertThatThrownBy(() -> Moments.parse("--since", text, CLOCK))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--since")
                .hasMessageContaining("'" + text + "' is no moment");
    }
}
