package io.flowright.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.jsontype.TypeSerializer;

/**
 * Writes a value of a sealed type as an object with one property: {@code {"Circle":{"radius":1.5}}}. The name goes around the value,
 * not into it, so that it cannot collide with a property, and permitted enums need no exception.
 */
final class SealedSerializer extends ValueSerializer<Object> {

    private final JavaType type;
    /** For the sealed class's own instances, if it can have any. */
    private final @Nullable ValueSerializer<Object> own;

    SealedSerializer(JavaType type, @Nullable ValueSerializer<Object> own) {
        this.type = type;
        this.own = own;
    }

    JavaType type() {
        return type;
    }

    @Nullable
    ValueSerializer<Object> own() {
        return own;
    }

    @Override
    public Class<?> handledType() {
        return type.getRawClass();
    }

    @Override
    public void resolve(SerializationContext context) {
        if (own != null) {
            own.resolve(context);
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public ValueSerializer<?> createContextual(SerializationContext context, BeanProperty property) {
        return own == null
                ? this
                : new SealedSerializer(type, (ValueSerializer<Object>) own.createContextual(context, property));
    }

    @Override
    public void serialize(Object value, JsonGenerator json, SerializationContext context) {
        Class<?> found = value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
        String name = SealedType.of(type.getRawClass()).nameOf(found);
        if (name == null) {
            context.reportBadDefinition(
                    type, type.getRawClass().getName() + " permits no " + found.getName() + "; make that class final");
            return;
        }
        json.writeStartObject(value);
        json.writeName(name);
        serializer(found, context).serialize(value, json, context);
        json.writeEndObject();
    }

    @Override
    public void serializeWithType(
            Object value, JsonGenerator json, SerializationContext context, TypeSerializer typeSerializer) {
        serialize(value, json, context);
    }

    private ValueSerializer<Object> serializer(Class<?> found, SerializationContext context) {
        if (own != null && found == type.getRawClass()) {
            return own;
        }
        JavaType as = SealedType.as(type, found, context);
        if (as == null) {
            return context.reportBadDefinition(type, "a " + found.getName() + " is no " + type.toCanonical());
        }
        ValueSerializer<Object> serializer = context.findPrimaryPropertySerializer(as, null);
        // A permitted class that is sealed itself has a serializer that would name it once more.
        return serializer instanceof SealedSerializer inner && inner.own != null ? inner.own : serializer;
    }
}
