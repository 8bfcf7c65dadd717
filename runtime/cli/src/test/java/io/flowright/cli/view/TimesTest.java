package io.flowright.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final Times times = new Times(Clock.fixed(NOW, ZoneId.of("Europe/Berlin")));

    @Test
    void timesAreThoseOfTheZone() {
        assertThat(times.at(NOW)).isEqualTo("2026-11-21 11:00:00");
        assertThat(times.zone(NOW)).isEqualTo("+01:00");
        assertThat(times.zone(Instant.parse("2026-07-21T10:00:00Z"))).isEqualTo("+02:00");
        assertThat(times.at(null)).isEmpty();
    }

    @Test
    void theyTellHowFarAwayTheyAre() {
        assertThat(times.away(NOW.minusSeconds(90))).isEqualTo("1m 30s ago");
        assertThat(times.away(NOW.plusSeconds(5))).isEqualTo("in 5s");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S,0ms",
        "PT0.25S,250ms",
        "PT1.25S,1s 250ms",
        "PT1H5M,1h 5m",
        "P2D,2d",
        "P2DT3H59M,2d 3h",
        "PT-5S,0ms"
    })
    void durationsHaveTwoUnitsAtMost(String duration, String text) {
        assertThat(Times.length(Duration.parse(duration))).isEqualTo(text);
    }
}
