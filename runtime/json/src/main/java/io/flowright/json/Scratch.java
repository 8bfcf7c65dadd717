package io.flowright.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.databind.SerializationContext;

/** Writes values aside, to see how they look before it is known where they belong. */
final class Scratch implements AutoCloseable {

    private final ByteArrayOutputStream bytes;
    private final JsonGenerator json;

    private Scratch(ByteArrayOutputStream bytes, JsonGenerator json) {
        this.bytes = bytes;
        this.json = json;
    }

    /** For values that will stand at the place where a generator is: the limit for nesting counts from the outermost value. */
    static Scratch below(JsonGenerator outer, SerializationContext context) {
        Scratch scratch = empty(context);
        for (TokenStreamContext at = outer.streamWriteContext(); at != null && !at.inRoot(); at = at.getParent()) {
            scratch.json.writeStartArray();
        }
        // A first element, so that each further one begins with its comma.
        if (!outer.streamWriteContext().inRoot()) {
            scratch.json.writeNull();
        }
        return scratch;
    }

    /** For the names of properties. */
    static Scratch ofNames(SerializationContext context) {
        Scratch scratch = empty(context);
        scratch.json.writeStartObject();
        return scratch;
    }

    private static Scratch empty(SerializationContext context) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        return new Scratch(bytes, context.tokenStreamFactory().createGenerator(context, bytes));
    }

    /** What is written now, with the comma or blank that parts it from what was written before. */
    String text(Consumer<JsonGenerator> writer) {
        json.flush();
        bytes.reset();
        writer.accept(json);
        json.flush();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        json.close();
    }
}
