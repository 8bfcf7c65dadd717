package io.flowright.runtime.internal.store;

import io.flowright.runtime.FailureInfo;
import io.flowright.runtime.spi.Codec;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Failures as bytes. A failure that cannot be recorded as it is must not become another. */
public final class Failures {

    private Failures() {}

    static byte[] encode(Codec codec, Throwable failure) {
        try {
            return codec.encode(FailureInfo.of(failure), FailureInfo.class);
        } catch (Throwable t) {
            // What an exception of the user's says of itself may throw.
            return codec.encode(plain(failure.getClass().getName()), FailureInfo.class);
        }
    }

    public static FailureInfo decode(Codec codec, byte[] bytes) {
        try {
            return (FailureInfo) Objects.requireNonNull(codec.decode(bytes, FailureInfo.class));
        } catch (RuntimeException e) {
            return plain(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    private static FailureInfo plain(String text) {
        return new FailureInfo(FailureInfo.Kind.BUG, text, null, text, null);
    }
}
