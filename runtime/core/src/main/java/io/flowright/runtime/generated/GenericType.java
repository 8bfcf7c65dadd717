package io.flowright.runtime.generated;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A generic class with its arguments; equal to the one that reflection finds. */
@SuppressWarnings("ArrayRecordComponent") // What equality means is said below.
record GenericType(Class<?> raw, Type[] arguments) implements ParameterizedType {

    @Override
    public Type[] getActualTypeArguments() {
        return arguments.clone();
    }

    @Override
    public Type getRawType() {
        return raw;
    }

    @Override
    public @Nullable Type getOwnerType() {
        return raw.getDeclaringClass();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ParameterizedType type
                && raw.equals(type.getRawType())
                && Arrays.equals(arguments, type.getActualTypeArguments());
    }

    @Override
    public int hashCode() {
        // As the JDK's own, so that both find each other in a map.
        Class<?> owner = raw.getDeclaringClass();
        return Arrays.hashCode(arguments) ^ (owner == null ? 0 : owner.hashCode()) ^ raw.hashCode();
    }

    @Override
    public String toString() {
        return raw.getName() + Stream.of(arguments).map(Type::getTypeName).collect(Collectors.joining(", ", "<", ">"));
    }
}
