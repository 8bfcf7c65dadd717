package io.flowright.runtime.internal;

import io.flowright.runtime.spi.IdempotencyStore;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The keys of idempotent tasks. What these methods return is for ever: stores and outside systems remember it, so equal
 * arguments give equal keys in every process and in every version to come.
 */
final class IdempotencyKeys {

    /** 128 bits, as many as a UUID has. */
    private static final int HEX_DIGITS = 32;

    private IdempotencyKeys() {}

    /**
     * Encodes the parts of a key, literal text and values, each as its kind, its length and its text: {@code "x-y", "z"}
     * is not {@code "x", "y-z"}. Integers of all widths are of one kind, so that a parameter may grow from {@code int} to
     * {@code long}. Decimals that are numerically equal are one: the amount 1.0 is the amount 1.00, and to pay it twice
     * would be worse than not to.
     *
     * @throws IllegalArgumentException if a part is null or of a type that has no place in a key
     */
    static String render(String flow, String task, @Nullable Object[] parts) {
        StringBuilder rendered = new StringBuilder();
        for (int index = 0; index < parts.length; index++) {
            Object part = parts[index];
            if (part == null) {
                throw new IllegalArgumentException(place(flow, task, index) + " is null");
            }
            String text = encode(part);
            if (text == null) {
                throw new IllegalArgumentException(
                        place(flow, task, index) + " is a " + part.getClass().getName() + "; it has no lasting text");
            }
            rendered.append(text.charAt(0))
                    .append(text.length() - 1)
                    .append(':')
                    .append(text, 1, text.length());
        }
        return rendered.toString();
    }

    private static String place(String flow, String task, int index) {
        return "the idempotency key of task " + task + " of flow " + flow + " cannot be made: its part " + (index + 1)
                + " (text and values counted)";
    }

    /** The kind, one letter, and the text; null for a type that cannot be encoded. */
    private static @Nullable String encode(Object part) {
        if (part instanceof String) {
            return "s" + part;
        }
        if (isInteger(part)) {
            return "i" + part;
        }
        if (part instanceof BigDecimal decimal) {
            // Not toPlainString: 1E+1000000000 is a short number.
            BigDecimal shortest = decimal.stripTrailingZeros();
            return "n" + shortest.unscaledValue() + "e" + -(long) shortest.scale();
        }
        if (part instanceof Double || part instanceof Float) {
            // Not toString: since JDK 19 it gives another, shorter text for some numbers.
            // The sum with zero makes negative zero, which equals zero, zero.
            return "d" + Double.toHexString(((Number) part).doubleValue() + 0.0);
        }
        if (part instanceof Boolean) {
            return "b" + part;
        }
        if (part instanceof Character) {
            return "c" + part;
        }
        if (part instanceof Enum<?> constant) {
            return "e" + constant.name();
        }
        if (part instanceof UUID) {
            return "u" + part;
        }
        if (part.getClass().getPackageName().equals("java.time")) {
            return "t" + part.getClass().getSimpleName() + " " + part;
        }
        return null;
    }

    private static boolean isInteger(Object part) {
        return part instanceof Integer
                || part instanceof Long
                || part instanceof Short
                || part instanceof Byte
                || part instanceof BigInteger;
    }

    /** The key for the outside system of a task with {@code @Idempotent}: equal over runs that share the values. */
    static String keyFor(IdempotencyStore.Key key, long generation) {
        return hash("values", key.flow(), key.task(), key.rendered(), Long.toString(generation));
    }

    /**
     * The key for the outside system of a task without {@code @Idempotent}: equal over attempts and resumptions of one run.
     *
     * @param element the element of a fan-out; empty if there is none
     */
    static String keyFor(String runId, String task, String element, long generation) {
        return hash("run", runId, task, element, Long.toString(generation));
    }

    /** Each part with its length before it, so that no two lists of parts are the same bytes. */
    private static String hash(String... parts) {
        MessageDigest digest = sha256();
        for (String part : parts) {
            // As UTF-16, which is exact for every string; UTF-8 would make all broken surrogates the same.
            ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + part.length() * Character.BYTES);
            bytes.putInt(part.length());
            bytes.asCharBuffer().put(part);
            digest.update(bytes.array());
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, HEX_DIGITS);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
