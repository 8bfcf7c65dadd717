package io.flowright.runtime.operations;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the audit trail. Each holds the hash of the one before, so that nobody changes, adds or removes one unseen; who holds the
 * newest hash elsewhere sees also whether the end was cut off.
 *
 * @param number its place, from 1
 * @param act what was done
 * @param accepted whether it had an effect, or will have; false: the state of the run did not allow it
 * @param previous the hash of the entry before; {@link #FIRST} of the first
 * @param hash of all of the above
 * @since 0.1
 */
public record AuditEntry(long number, AuditAct act, boolean accepted, String previous, String hash) {

    /** What stands before the first entry. */
    public static final String FIRST = "0".repeat(64);

    /** The entry that follows another. */
    public static AuditEntry after(@Nullable AuditEntry last, AuditAct act, boolean accepted) {
        return last == null ? following(0, FIRST, act, accepted) : following(last.number(), last.hash(), act, accepted);
    }

    /** The entry that follows the one with this number and this hash; 0 and {@link #FIRST}: the first. */
    public static AuditEntry following(long number, String hash, AuditAct act, boolean accepted) {
        return new AuditEntry(number + 1, act, accepted, hash, hashOf(number + 1, act, accepted, hash));
    }

    /** Whether the hash is that of what the entry says. */
    public boolean isGenuine() {
        return hash.equals(hashOf(number, act, accepted, previous));
    }

    private static String hashOf(long number, AuditAct act, boolean accepted, String previous) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(number);
            write(out, previous);
            out.writeLong(act.at().getEpochSecond());
            out.writeInt(act.at().get(ChronoField.MICRO_OF_SECOND));
            write(out, act.operator().name());
            write(out, act.operator().reason());
            write(out, act.action());
            out.writeBoolean(act.run() != null);
            write(out, act.run() == null ? "" : act.run());
            write(out, act.details());
            out.writeBoolean(accepted);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Each text behind its length, so that no two entries are one text. */
    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
