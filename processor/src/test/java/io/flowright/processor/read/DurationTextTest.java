package io.flowright.processor.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

    @ParameterizedTest
    @CsvSource({
        "0ms, PT0S",
        "250ms, PT0.25S",
        "30s, PT30S",
        "5m, PT5M",
        "2h, PT2H",
        "7d, PT168H",
        "106751d, PT2562024H",
        "PT1M30S, PT1M30S",
        "P1DT1S, PT24H1S"
    })
    void whatPeopleWriteIsUnderstood(String text, Duration duration) {
        assertThat(DurationText.parse(text)).hasValue(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "5",
                "s",
                "5 s",
                "5S",
                "-5s",
                "+5s",
                "1.5s",
                "5us",
                "5ms ",
                "PT-1S",
                "P1M",
                "106752d",
                "99999999999999999999s",
                "9223372036854775807d",
                "٣s"
            })
    void anythingElseIsNone(String text) {
        assertThat(DurationText.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "90 s, 90s",
        "5S, 5s",
        "'5ms ', 5ms",
        "250 millis, 250ms",
        "30 seconds, 30s",
        "10min, 10m",
        "1 Hour, 1h",
        "2days, 2d",
        "0.5s, 500ms",
        "1.5h, 90m",
        "1m30s, PT1M30S",
        "1h 30m, PT1H30M",
        "0.0005s, PT0.0005S"
    })
    void whatPeopleWriteElsewhereLeadsToWhatTheyMeant(String text, String meant) {
        assertThat(DurationText.meant(text)).hasValue(meant);
        assertThat(DurationText.parse(meant)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "5", "-5s", "5 years", "s", "s5s", "5s?", "999999999d", "0.0000000001s"})
    void whereNothingIsClearNothingIsMeant(String text) {
        assertThat(DurationText.meant(text)).isEmpty();
    }
}
