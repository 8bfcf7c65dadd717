package io.flowright.crash.chaos;

import io.flowright.json.JsonCodec;
import io.flowright.runtime.spi.Codec;
import java.lang.reflect.Type;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Knows how many values it has encoded. */
final class CountingCodec implements Codec {

    private final Codec codec = new JsonCodec();
    private final AtomicInteger encoded = new AtomicInteger();

    int encoded() {
        return encoded.get();
    }

    @Override
    public byte[] encode(@Nullable Object value, Type type) {
        byte[] bytes = codec.encode(value, type);
        encoded.incrementAndGet();
        return bytes;
    }

    @Override
    public @Nullable Object decode(byte[] bytes, Type type) {
        return codec.decode(bytes, type);
    }
}
