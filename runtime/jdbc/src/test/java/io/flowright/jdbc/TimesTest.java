package io.flowright.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-21T13:14:15.123456Z",
                "1969-12-31T23:59:59.999999Z",
                "1970-01-01T00:00:00.000000Z",
                "0001-01-01T00:00:00.000000Z",
                "9999-12-31T23:59:59.999999Z",
                "2024-02-29T09:08:07.000001Z"
            })
    void aTimeIsWrittenWithSixDigitsOfASecond(String time) {
        StringBuilder text = new StringBuilder("at ");

        Times.append(text, Instant.parse(time));

        assertThat(text).hasToString("at " + time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1000000000-01-01T00:00:00Z", "-0001-01-01T00:00:00Z"})
    void whatIsBeforeAllTimesIsTheFirst(String time) {
        StringBuilder text = new StringBuilder();

        Times.append(text, Instant.parse(time));

        assertThat(text).hasToString("0001-01-01T00:00:00.000000Z");
    }
}
