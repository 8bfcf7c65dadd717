package io.flowright.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MicrosTest {

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z, 0",
        "1970-01-01T00:00:01.000002999Z, 1000002",
        "1969-12-31T23:59:59.999999999Z, -1",
        "1969-12-31T23:59:58Z, -2000000"
    })
    void pointInTimeIsRoundedDown(Instant time, long micros) {
        assertThat(Micros.of(time)).isEqualTo(micros);
    }

    @Test
    void whatIsTooFarAwayIsAsFarAsPossible() {
        assertThat(Micros.of(Instant.MAX)).isGreaterThan(Micros.of(Instant.parse("+200000-01-01T00:00:00Z")));
        assertThat(Micros.of(Instant.MIN)).isLessThan(Micros.of(Instant.parse("-200000-01-01T00:00:00Z")));
    }

    @Test
    void noTimeIsNone() {
        assertThat(Micros.of(null)).isNull();
    }
}
