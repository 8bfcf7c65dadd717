package io.flowright.processor.generate;

import com.palantir.javapoet.CodeBlock;
import java.time.Duration;

/** Writes durations in their largest whole unit: {@code Duration.ofMinutes(5)}. */
final class DurationCode {

    private DurationCode() {}

    static CodeBlock of(Duration duration) {
        if (duration.isZero()) {
            return CodeBlock.of("$T.ZERO", Duration.class);
        }
        if (duration.getNano() != 0) {
            return fraction(duration);
        }
        long seconds = duration.getSeconds();
        if (seconds % 86_400 == 0) {
            return whole("ofDays", seconds / 86_400);
        }
        if (seconds % 3_600 == 0) {
            return whole("ofHours", seconds / 3_600);
        }
        return seconds % 60 == 0 ? whole("ofMinutes", seconds / 60) : whole("ofSeconds", seconds);
    }

    private static CodeBlock fraction(Duration duration) {
        boolean millis = duration.getNano() % 1_000_000 == 0 && duration.getSeconds() < Integer.MAX_VALUE;
        return millis
                ? whole("ofMillis", duration.toMillis())
                : CodeBlock.of(
                        "$T.ofSeconds($L, $L)", Duration.class, number(duration.getSeconds()), duration.getNano());
    }

    private static CodeBlock whole(String unit, long amount) {
        return CodeBlock.of("$T.$L($L)", Duration.class, unit, number(amount));
    }

    private static String number(long amount) {
        return amount == (int) amount ? Long.toString(amount) : amount + "L";
    }
}
