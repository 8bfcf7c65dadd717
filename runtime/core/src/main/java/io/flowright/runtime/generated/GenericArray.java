package io.flowright.runtime.generated;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** An array of a generic type; equal to the one that reflection finds. */
record GenericArray(Type component) implements GenericArrayType {

    @Override
    public Type getGenericComponentType() {
        return component;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GenericArrayType type && component.equals(type.getGenericComponentType());
    }

    @Override
    public int hashCode() {
        return component.hashCode();
    }

    @Override
    public String toString() {
        return component.getTypeName() + "[]";
    }
}
