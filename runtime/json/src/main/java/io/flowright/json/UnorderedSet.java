package io.flowright.json;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SortedSet;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.jsontype.TypeSerializer;

/**
 * Writes the elements of a set in the order of their JSON, which is the same for all equal sets: natural order would do for few types,
 * and merges {@code 1.0} and {@code 1.00}.
 */
final class UnorderedSet extends ValueSerializer<Collection<?>> {

    private final ValueSerializer<Object> collection;

    UnorderedSet(ValueSerializer<Object> collection) {
        this.collection = collection;
    }

    @Override
    public Class<?> handledType() {
        return collection.handledType();
    }

    @Override
    public void resolve(SerializationContext context) {
        collection.resolve(context);
    }

    @Override
    @SuppressWarnings("unchecked")
    public ValueSerializer<?> createContextual(SerializationContext context, BeanProperty property) {
        return new UnorderedSet((ValueSerializer<Object>) collection.createContextual(context, property));
    }

    @Override
    public boolean isEmpty(SerializationContext context, Collection<?> value) {
        return value.isEmpty();
    }

    @Override
    public void serialize(Collection<?> value, JsonGenerator json, SerializationContext context) {
        if (value.size() < 2 || !(value instanceof Set)) {
            collection.serialize(value, json, context);
            return;
        }
        String[] elements = elements(value, json, context);
        Arrays.sort(elements);
        json.writeStartArray(value, elements.length);
        for (String element : elements) {
            json.writeRawValue(element);
        }
        json.writeEndArray();
    }

    private String[] elements(Collection<?> value, JsonGenerator json, SerializationContext context) {
        String[] elements = new String[value.size()];
        int count = 0;
        try (Scratch scratch = Scratch.below(json, context)) {
            for (Object element : value) {
                String array =
                        scratch.text(aside -> collection.serialize(Collections.singletonList(element), aside, context));
                elements[count++] = array.substring(array.indexOf('[') + 1, array.length() - 1);
            }
        }
        return elements;
    }

    @Override
    public void serializeWithType(
            Collection<?> value, JsonGenerator json, SerializationContext context, TypeSerializer typeSerializer) {
        collection.serializeWithType(value, json, context, typeSerializer);
    }

    /** Whether a declared type promises no order. */
    static boolean canBe(Class<?> declared) {
        return !SortedSet.class.isAssignableFrom(declared)
                && !LinkedHashSet.class.isAssignableFrom(declared)
                && !declared.getName().equals("java.util.SequencedSet")
                && (Set.class.isAssignableFrom(declared) || declared == Collection.class || declared == Iterable.class);
    }
}
