package io.flowright.runtime;

import io.flowright.runtime.spi.Codec;
import io.flowright.runtime.spi.CodecException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A codec of the JDK alone, for tests of the runtime alone. */
final class SerializingCodec implements Codec {

    @Override
    public byte[] encode(@Nullable Object value, Type type) {
        Object plain = value instanceof TaskSnapshot[] tasks
                ? Stream.of(tasks)
                        .map(task -> (Serializable) new Object[] {
                            task.name(), task.status(), task.attempts(), task.element(), task.done(), task.total()
                        })
                        .toArray()
                : value instanceof FailureInfo info
                        ? List.of(info.kind(), info.type(), String.valueOf(info.message()), info.trace())
                        : value instanceof List<?> list ? new ArrayList<>(list) : value;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(plain);
        } catch (IOException e) {
            throw new CodecException(String.valueOf(e), e);
        }
        return bytes.toByteArray();
    }

    @Override
    public @Nullable Object decode(byte[] bytes, Type type) {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            Object plain = in.readObject();
            if (type == TaskSnapshot[].class) {
                return Stream.of((Object[]) plain)
                        .map(Object[].class::cast)
                        .map(task -> new TaskSnapshot(
                                (String) task[0],
                                (TaskStatus) task[1],
                                (int) task[2],
                                null,
                                (Integer) task[3],
                                (Long) task[4],
                                (Long) task[5]))
                        .toArray(TaskSnapshot[]::new);
            }
            return type == FailureInfo.class && plain instanceof List<?> parts
                    ? new FailureInfo(
                            (FailureInfo.Kind) parts.get(0),
                            (String) parts.get(1),
                            (String) parts.get(2),
                            (String) parts.get(3),
                            null)
                    : plain;
        } catch (IOException | ClassNotFoundException e) {
            throw new CodecException(String.valueOf(e), e);
        }
    }
}
