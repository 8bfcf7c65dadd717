package io.flowright.json;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Generic types as a flow's keys have them, and values in and out of JSON. */
abstract class Types<T> {

    static final JsonCodec CODEC = new JsonCodec();

    /** What stands between the angle brackets of an anonymous subclass. */
    final Type type = ((ParameterizedType) getClass().getGenericSuperclass()).getActualTypeArguments()[0];

    static String json(@Nullable Object value, Type type) {
        return new String(CODEC.encode(value, type), StandardCharsets.UTF_8);
    }

    static @Nullable Object value(String json, Type type) {
        return CODEC.decode(json.getBytes(StandardCharsets.UTF_8), type);
    }

    static @Nullable Object again(@Nullable Object value, Type type) {
        return CODEC.decode(CODEC.encode(value, type), type);
    }
}
