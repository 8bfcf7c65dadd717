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
}
