package io.flowright.json;

import java.util.Comparator;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.jsontype.TypeSerializer;

/** Refuses a sorted set or map with a comparator: it would come back in natural order, and find other elements. */
final class NaturalOrder extends ValueSerializer<Object> {

    private final ValueSerializer<Object> container;

    NaturalOrder(ValueSerializer<Object> container) {
        this.container = container;
    }

    @Override
    public Class<?> handledType() {
        return container.handledType();
    }

    @Override
    public void resolve(SerializationContext context) {
        container.resolve(context);
    }

    @Override
    @SuppressWarnings("unchecked")
    public ValueSerializer<?> createContextual(SerializationContext context, BeanProperty property) {
        return new NaturalOrder((ValueSerializer<Object>) container.createContextual(context, property));
    }

    @Override
    public boolean isEmpty(SerializationContext context, Object value) {
        return container.isEmpty(context, value);
    }

    @Override
    public void serialize(Object value, JsonGenerator json, SerializationContext context) {
        Comparator<?> comparator = comparator(value);
        if (comparator != null && !comparator.equals(Comparator.naturalOrder())) {
            context.reportBadDefinition(
                    value.getClass(),
                    "the comparator of a " + value.getClass().getName()
                            + " cannot be recorded; declare a Set or a Map, or a List to keep the order");
        }
        container.serialize(value, json, context);
    }

    @Override
    public void serializeWithType(
            Object value, JsonGenerator json, SerializationContext context, TypeSerializer typeSerializer) {
        container.serializeWithType(value, json, context, typeSerializer);
    }

    private static @Nullable Comparator<?> comparator(Object value) {
        return value instanceof SortedSet<?> set
                ? set.comparator()
                : value instanceof SortedMap<?, ?> map ? map.comparator() : null;
    }

    static boolean isIn(Class<?> declared) {
        return SortedSet.class.isAssignableFrom(declared) || SortedMap.class.isAssignableFrom(declared);
    }
}
