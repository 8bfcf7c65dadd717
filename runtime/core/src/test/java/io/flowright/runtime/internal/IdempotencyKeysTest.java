package io.flowright.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowright.runtime.spi.IdempotencyStore.Key;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IdempotencyKeysTest {

    private static String render(Object... parts) {
        return IdempotencyKeys.render("order", "charge", parts);
    }

    /** The texts on the right are on record with stores and outside systems; they must never change. */
    static List<Arguments> encodings() {
        return List.of(
                Arguments.of("EUR", "s3:EUR"),
                Arguments.of("", "s0:"),
                Arguments.of(42, "i2:42"),
                Arguments.of(42L, "i2:42"),
                Arguments.of((short) 42, "i2:42"),
                Arguments.of((byte) 42, "i2:42"),
                Arguments.of(BigInteger.valueOf(-42), "i3:-42"),
                Arguments.of(new BigDecimal("12.50"), "n6:125e-1"),
                Arguments.of(new BigDecimal("12.5"), "n6:125e-1"),
                Arguments.of(new BigDecimal("1E+1000000000"), "n12:1e1000000000"),
                Arguments.of(BigDecimal.ZERO.setScale(3), "n3:0e0"),
                Arguments.of(0.1, "d20:0x1.999999999999ap-4"),
                Arguments.of(0.5f, "d8:0x1.0p-1"),
                Arguments.of(-0.0, "d7:0x0.0p0"),
                Arguments.of(2.0E-3, "d20:0x1.0624dd2f1a9fcp-9"),
                Arguments.of(true, "b4:true"),
                Arguments.of('x', "c1:x"),
                Arguments.of(Thread.State.NEW, "e3:NEW"),
                Arguments.of(
                        UUID.fromString("3f2504e0-4f89-11d3-9a0c-0305e82c3301"),
                        "u36:3f2504e0-4f89-11d3-9a0c-0305e82c3301"),
                Arguments.of(LocalDate.of(2026, 3, 1), "t20:LocalDate 2026-03-01"),
                Arguments.of(Instant.EPOCH, "t28:Instant 1970-01-01T00:00:00Z"),
                Arguments.of(Duration.ofSeconds(90), "t16:Duration PT1M30S"),
                Arguments.of(DayOfWeek.MONDAY, "e6:MONDAY"));
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void encodesEachTypeForEver(Object value, String encoded) {
        assertThat(render(value)).isEqualTo(encoded);
    }

    @Test
    void encodesAllPartsInTheirOrder() {
        assertThat(render(42L, "-", "EUR")).isEqualTo("i2:42s1:-s3:EUR");
    }

    @Test
    void tellsPartsApartThatReadTheSame() {
        assertThat(List.of(
                        render("x-y", "-", "z"),
                        render("x", "-", "y-z"),
                        render("x-y-z"),
                        render("x", "-y-z"),
                        render(1, "1"),
                        render("1", 1),
                        render(11),
                        render('1', '1'),
                        render("s1:1"),
                        render()))
                .doesNotHaveDuplicates();
    }

    @Test
    void refusesANullAndNamesItsPlace() {
        assertThatThrownBy(() -> render("EUR", "-", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("task charge", "flow order", "part 3", "is null")
                .hasMessageNotContaining("EUR");
    }

    @Test
    void refusesATypeWithoutALastingText() {
        assertThatThrownBy(() -> render(new Object()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("task charge", "flow order", "part 1", "java.lang.Object");
    }

    @Test
    void makesTheSameKeyInEveryJvm() {
        Key key = new Key("order", "charge", "i2:42");

        assertThat(IdempotencyKeys.keyFor(key, 0)).isEqualTo("11cf574c1aefd8899bbe89cf96aafcff");
        assertThat(IdempotencyKeys.keyFor("run-1", "charge", "", 0)).isEqualTo("5d2769d4ab6089b9d06ff9c7d73d91a7");
    }

    @Test
    void makesAnotherKeyForAnythingThatDiffers() {
        assertThat(List.of(
                        IdempotencyKeys.keyFor(new Key("order", "charge", "x"), 0),
                        IdempotencyKeys.keyFor(new Key("order", "charge", "x"), 1),
                        IdempotencyKeys.keyFor(new Key("order", "charge", "y"), 0),
                        IdempotencyKeys.keyFor(new Key("order", "refund", "x"), 0),
                        IdempotencyKeys.keyFor(new Key("orderc", "harge", "x"), 0),
                        IdempotencyKeys.keyFor(new Key("order", "charge", "\uD800"), 0),
                        IdempotencyKeys.keyFor(new Key("order", "charge", "\uD801"), 0),
                        IdempotencyKeys.keyFor("order", "charge", "x", 0),
                        IdempotencyKeys.keyFor("order", "charge", "x", 1),
                        IdempotencyKeys.keyFor("order", "charge", "", 0),
                        IdempotencyKeys.keyFor("order2", "charge", "x", 0)))
                .doesNotHaveDuplicates();
    }
}
