package io.flowright.runtime.internal.store;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What a codec wrote as text: itself where it is text in UTF-8, as that of codecs which people are to read is. */
final class Texts {

    private static final String BASE64 = "base64:";

    private Texts() {}

    static String of(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith(BASE64) ? binary(bytes) : text;
        } catch (CharacterCodingException e) {
            return binary(bytes);
        }
    }

    private static String binary(byte[] bytes) {
        return BASE64 + Base64.getEncoder().encodeToString(bytes);
    }

    static byte[] bytes(String text) {
        return text.startsWith(BASE64)
                ? Base64.getDecoder().decode(text.substring(BASE64.length()))
                : text.getBytes(StandardCharsets.UTF_8);
    }
}
