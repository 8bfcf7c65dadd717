package io.flowright.store.contract;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values with arrays in them as values that can be compared, and read when they differ. */
final class Plain {

    private static final int SHORT = 64;

    private Plain() {}

    static @Nullable Object of(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return bytes.length <= SHORT ? HexFormat.of().formatHex(bytes) + " in hex" : digest(bytes);
        }
        if (value instanceof List<?> list) {
            return Arrays.asList(list.stream().map(Plain::of).toArray());
        }
        return value instanceof Record ? components(value) : value;
    }

    private static String digest(byte[] bytes) {
        return bytes.length + " bytes, " + UUID.nameUUIDFromBytes(bytes);
    }

    private static Map<String, @Nullable Object> components(Object value) {
        Map<String, @Nullable Object> components = new LinkedHashMap<>();
        try {
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                components.put(component.getName(), of(component.getAccessor().invoke(value)));
            }
            return components;
        } catch (IllegalAccessException | InvocationTargetException failure) {
            throw new IllegalArgumentException("not a record that can be read: " + value.getClass(), failure);
        }
    }
}
