package io.flowright.runtime.generated;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Takes the elements of what a task runs for each of, in their order. What is added or removed later changes nothing. */
public final class Elements {

    private Elements() {}

    /** What the iterator gives. */
    public static @Nullable Object[] of(Iterable<?> iterable) {
        if (iterable instanceof Collection<?> collection) {
            return collection.toArray();
        }
        List<@Nullable Object> elements = new ArrayList<>();
        iterable.forEach(elements::add);
        return elements.toArray();
    }

    /** The values of a map, in the order in which it has them. */
    public static @Nullable Object[] ofValues(Map<?, ?> map) {
        return map.values().toArray();
    }

    /** The elements of an array. */
    public static @Nullable Object[] of(@Nullable Object[] array) {
        return array.clone();
    }

    /** The elements of an array, boxed. */
    public static @Nullable Object[] of(boolean[] array) {
        return boxed(array.length, index -> array[index]);
    }

    /** The elements of an array, boxed. */
    public static @Nullable Object[] of(byte[] array) {
        return boxed(array.length, index -> array[index]);
    }

    /** The elements of an array, boxed. */
    public static @Nullable Object[] of(short[] array) {
        return boxed(array.length, index -> array[index]);
    }

    /** The elements of an array, boxed. */
    public static @Nullable Object[] of(char[] array) {
        return boxed(array.length, index -> array[index]);
    }

    /** The elements of an array, boxed. */
    public static @Nullable Object[] of(int[] array) {
        return boxed(array.length, index -> array[index]);
    }

    /** The elements of an array, boxed. */
    public static @Nullable Object[] of(long[] array) {
        return boxed(array.length, index -> array[index]);
    }

    /** The elements of an array, boxed. */
    public static @Nullable Object[] of(float[] array) {
        return boxed(array.length, index -> array[index]);
    }

    /** The elements of an array, boxed. */
    public static @Nullable Object[] of(double[] array) {
        return boxed(array.length, index -> array[index]);
    }

    private static @Nullable Object[] boxed(int length, IntFunction<Object> element) {
        @Nullable Object[] elements = new Object[length];
        for (int index = 0; index < length; index++) {
            elements[index] = element.apply(index);
        }
        return elements;
    }
}
