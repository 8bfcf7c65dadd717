package io.flowright.examples.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PlaceTest {

    @Test
    void a_quarter_of_the_equator_is_ten_thousand_kilometres() {
        assertThat(new Place(0, 0).kilometresTo(new Place(0, 90))).isCloseTo(10_007.6, within(0.1));
    }

    @Test
    void paris_is_344_kilometres_from_london() {
        assertThat(new Place(51.5074, -0.1278).kilometresTo(new Place(48.8566, 2.3522)))
                .isCloseTo(343.6, within(0.5));
    }
}
