package io.flowright.runtime.generated;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * What an engine with a store needs of a flow beyond its graph: the types of what it records, and new frames for runs that it finds
 * there. Immutable and thread-safe.
 *
 * @param <R> the flow's result type
 */
public abstract class FlowRecording<R> {

    private static final Type[] NONE = {};

    /** For the one subclass of each flow. */
    protected FlowRecording() {}

    /** The types of the inputs, in declared order. */
    public abstract Type[] inputs();

    /**
     * The types of what a task gives, in the order of its keys. Of a task that runs for each element it is one: what the method gives
     * for an element (without the {@code Optional} of one that may be absent). Tasks that give nothing but order have none.
     */
    public abstract Type[] results(int task);

    /** A new frame for a run with these inputs, boxed, in declared order. */
    public abstract FlowFrame<R> frame(@Nullable Object[] inputs);

    /** For tasks that have no values. */
    protected static Type[] nothing() {
        return NONE;
    }

    /** The types, as an array. */
    protected static Type[] types(Type... types) {
        return types;
    }

    /** A generic class with its arguments. */
    protected static Type generic(Class<?> raw, Type... arguments) {
        return new GenericType(raw, arguments);
    }

    /** An array of a generic type. */
    protected static Type array(Type component) {
        return new GenericArray(component);
    }
}
