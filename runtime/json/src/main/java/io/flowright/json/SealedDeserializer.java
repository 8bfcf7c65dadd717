package io.flowright.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.jsontype.TypeDeserializer;

/** Reads what {@link SealedSerializer} writes; any name but that of a permitted class is refused. */
final class SealedDeserializer extends ValueDeserializer<Object> {

    private final JavaType type;
    /** For the sealed class's own instances, if it can have any. */
    private final @Nullable ValueDeserializer<?> own;

    SealedDeserializer(JavaType type, @Nullable ValueDeserializer<?> own) {
        this.type = type;
        this.own = own;
    }

    @Nullable
    ValueDeserializer<?> own() {
        return own;
    }

    @Override
    public Class<?> handledType() {
        return type.getRawClass();
    }

    @Override
    public void resolve(DeserializationContext context) {
        if (own != null) {
            own.resolve(context);
        }
    }

    @Override
    public ValueDeserializer<?> createContextual(DeserializationContext context, BeanProperty property) {
        return own == null ? this : new SealedDeserializer(type, own.createContextual(context, property));
    }

    @Override
    public @Nullable Object deserialize(JsonParser json, DeserializationContext context) {
        if (!json.isExpectedStartObjectToken()) {
            return context.handleUnexpectedToken(type, json);
        }
        String name = json.nextName();
        Class<?> found = name == null
                ? null
                : SealedType.of(type.getRawClass()).classes().get(name);
        if (found == null) {
            return context.reportInputMismatch(
                    type, "no permitted class of " + type.getRawClass().getName() + " has that name");
        }
        if (json.nextToken() == JsonToken.VALUE_NULL) {
            return context.reportInputMismatch(type, "no value for " + found.getName());
        }
        Object value = deserializer(found, context).deserialize(json, context);
        if (json.nextToken() != JsonToken.END_OBJECT) {
            return context.reportInputMismatch(
                    type, "more than one class for one " + type.getRawClass().getName());
        }
        return value;
    }

    @Override
    public @Nullable Object deserializeWithType(
            JsonParser json, DeserializationContext context, TypeDeserializer typeDeserializer) {
        return deserialize(json, context);
    }

    private ValueDeserializer<?> deserializer(Class<?> found, DeserializationContext context) {
        if (own != null && found == type.getRawClass()) {
            return own;
        }
        JavaType as = SealedType.as(type, found, context);
        if (as == null) {
            return context.reportInputMismatch(type, "a " + found.getName() + " is no " + type.toCanonical());
        }
        ValueDeserializer<?> deserializer = context.findContextualValueDeserializer(as, null);
        return deserializer instanceof SealedDeserializer inner && inner.own != null ? inner.own : deserializer;
    }
}
