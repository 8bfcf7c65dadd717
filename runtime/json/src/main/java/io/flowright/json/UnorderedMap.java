package io.flowright.json;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.jsontype.TypeSerializer;

/** Writes the entries of a map in the order of the names that their keys have in JSON, which is the same for all equal maps. */
final class UnorderedMap extends ValueSerializer<Map<?, ?>> {

    private final JavaType keyType;
    private final ValueSerializer<Object> map;

    UnorderedMap(JavaType keyType, ValueSerializer<Object> map) {
        this.keyType = keyType;
        this.map = map;
    }

    @Override
    public Class<?> handledType() {
        return map.handledType();
    }

    @Override
    public void resolve(SerializationContext context) {
        map.resolve(context);
    }

    @Override
    @SuppressWarnings("unchecked")
    public ValueSerializer<?> createContextual(SerializationContext context, BeanProperty property) {
        return new UnorderedMap(keyType, (ValueSerializer<Object>) map.createContextual(context, property));
    }

    @Override
    public boolean isEmpty(SerializationContext context, Map<?, ?> value) {
        return value.isEmpty();
    }

    @Override
    public void serialize(Map<?, ?> value, JsonGenerator json, SerializationContext context) {
        map.serialize(value.size() < 2 ? value : ordered(value, context), json, context);
    }

    @Override
    public void serializeWithType(
            Map<?, ?> value, JsonGenerator json, SerializationContext context, TypeSerializer typeSerializer) {
        map.serializeWithType(value.size() < 2 ? value : ordered(value, context), json, context, typeSerializer);
    }

    private Map<?, ?> ordered(Map<?, ?> value, SerializationContext context) {
        ValueSerializer<Object> keys = context.findKeySerializer(keyType, null);
        Map<String, Map.Entry<?, ?>> byName = new TreeMap<>(Comparator.naturalOrder());
        try (Scratch scratch = Scratch.ofNames(context)) {
            scratch.text(json -> json.writeNullProperty(""));
            for (Map.Entry<?, ?> entry : value.entrySet()) {
                if (entry.getKey() == null) {
                    // Jackson says that it has no name.
                    return value;
                }
                String name = scratch.text(json -> {
                    keys.serialize(entry.getKey(), json, context);
                    json.writeNull();
                });
                if (byName.put(name, entry) != null) {
                    return context.reportBadDefinition(
                            keyType,
                            "two keys of type " + keyType.getRawClass().getName() + " have the same name in JSON");
                }
            }
        }
        Map<Object, Object> ordered = new LinkedHashMap<>();
        byName.values().forEach(entry -> ordered.put(entry.getKey(), entry.getValue()));
        return ordered;
    }

    /** Whether a declared type promises no order. */
    static boolean canBe(Class<?> declared) {
        return !SortedMap.class.isAssignableFrom(declared)
                && !LinkedHashMap.class.isAssignableFrom(declared)
                && !EnumMap.class.isAssignableFrom(declared)
                && !declared.getName().equals("java.util.SequencedMap");
    }
}
