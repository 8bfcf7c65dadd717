package io.flowright.runtime;

import io.flowright.runtime.spi.Codec;
import io.flowright.runtime.spi.CodecException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A codec of the JDK alone, for tests of the runtime alone. Records of the runtime are not serializable: their components are. */
public final class SerializingCodec implements Codec {

    public SerializingCodec() {}

    /** A record of the runtime. */
    private record Parts(Class<?> type, @Nullable Object[] values) implements Serializable {}

    @Override
    public byte[] encode(@Nullable Object value, Type type) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(apart(value));
        } catch (IOException | ReflectiveOperationException e) {
            throw new CodecException(String.valueOf(e), e);
        }
        return bytes.toByteArray();
    }

    @Override
    public @Nullable Object decode(byte[] bytes, Type type) {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return together(in.readObject());
        } catch (IOException | ReflectiveOperationException e) {
            throw new CodecException(String.valueOf(e), e);
        }
    }

    private static @Nullable Object apart(@Nullable Object value) throws ReflectiveOperationException {
        if (value instanceof Record whole && !(value instanceof Serializable)) {
            RecordComponent[] components = whole.getClass().getRecordComponents();
            @Nullable Object[] values = new @Nullable Object[components.length];
            for (int i = 0; i < components.length; i++) {
                values[i] = apart(components[i].getAccessor().invoke(whole));
            }
            return new Parts(whole.getClass(), values);
        }
        if (value instanceof Record[] records) {
            List<@Nullable Object> parts = new ArrayList<>();
            for (Record element : records) {
                parts.add(apart(element));
            }
            return new Parts(value.getClass(), parts.toArray());
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> parts = new ArrayList<>();
            for (Object element : list) {
                parts.add(apart(element));
            }
            return parts;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> parts = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                parts.put(entry.getKey(), apart(entry.getValue()));
            }
            return parts;
        }
        return value;
    }

    private static @Nullable Object together(@Nullable Object value) throws ReflectiveOperationException {
        if (value instanceof Parts parts) {
            @Nullable Object[] values = parts.values();
            for (int i = 0; i < values.length; i++) {
                values[i] = together(values[i]);
            }
            if (parts.type().isArray()) {
                Object array = Array.newInstance(parts.type().getComponentType(), values.length);
                System.arraycopy(values, 0, array, 0, values.length);
                return array;
            }
            Class<?>[] types = Stream.of(parts.type().getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            return parts.type().getDeclaredConstructor(types).newInstance(values);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> whole = new ArrayList<>();
            for (Object part : list) {
                whole.add(together(part));
            }
            return whole;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> whole = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                whole.put(entry.getKey(), together(entry.getValue()));
            }
            return whole;
        }
        return value;
    }
}
