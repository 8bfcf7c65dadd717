package io.flowright.runtime.spi;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * How values become bytes, and bytes values again. Each value is encoded with the full generic type of its key: {@code List<Shard>},
 * not {@code List}.
 *
 * <p>An implementation is thread-safe, and canonical: values that are equal have equal bytes, in every process. What it has written it
 * can read as long as there may be records.
 *
 * <p>Engines find one through {@link java.util.ServiceLoader} unless they are given one.
 *
 * @since 0.1
 */
public interface Codec {

    /**
     * The bytes of a value.
     *
     * @throws CodecException if the value, or its type, cannot be encoded; the message names the type that is in the way
     */
    byte[] encode(@Nullable Object value, Type type);

    /**
     * The value of bytes that were encoded with an equal type.
     *
     * @throws CodecException if the bytes are not those of such a value
     */
    @Nullable
    Object decode(byte[] bytes, Type type);
}
