package io.flowright.json;

import java.util.function.ToIntFunction;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.jsontype.TypeSerializer;

/** Writes a number to the last digit, and none that has more digits than are read. */
final class ExactNumber<N extends Number> extends ValueSerializer<N> {

    /** A decimal digit is a little more than three bits: beyond, not even counting the digits is worth the time. */
    private static final int MAX_BITS = JsonCodec.MAX_NUMBER * 4;

    private final ToIntFunction<N> bits;

    ExactNumber(ToIntFunction<N> bits) {
        this.bits = bits;
    }

    @Override
    public void serialize(N value, JsonGenerator json, SerializationContext context) {
        String text = bits.applyAsInt(value) > MAX_BITS ? null : value.toString();
        if (text == null || text.length() > JsonCodec.MAX_NUMBER) {
            context.reportBadDefinition(
                    value.getClass(),
                    "a " + value.getClass().getName() + " of more than " + JsonCodec.MAX_NUMBER
                            + " digits cannot be read back");
            return;
        }
        json.writeNumber(text);
    }

    @Override
    public void serializeWithType(
            N value, JsonGenerator json, SerializationContext context, TypeSerializer typeSerializer) {
        serialize(value, json, context);
    }
}
