package io.flowright.runtime.internal.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, of which every Java platform has an implementation. */
public final class Hashes {

    private final MessageDigest digest;

    private Hashes() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** To hash several things one after the other. */
    public static Hashes begin() {
        return new Hashes();
    }

    public static byte[] of(byte[] bytes) {
        return new Hashes().digest.digest(bytes);
    }

    /** As people and stores have it. */
    public static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }

    /** Each thing stands behind its length, so that no two lists of things are the same bytes. */
    public Hashes add(byte[] bytes) {
        return add(bytes.length).addBytes(bytes);
    }

    public Hashes add(String text) {
        return add(text.getBytes(StandardCharsets.UTF_8));
    }

    public Hashes add(int number) {
        return addBytes(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    }

    private Hashes addBytes(byte[] bytes) {
        digest.update(bytes);
        return this;
    }

    public byte[] end() {
        return digest.digest();
    }
}
