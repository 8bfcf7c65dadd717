package io.flowright.runtime.internal;

import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.generated.TaskSpec;
import io.flowright.runtime.internal.store.FlowValues;
import io.flowright.runtime.internal.store.Hashes;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The hashes of the values of one run, by the name of the key or input: of the bytes that the codec makes of a value, which are the same
 * in every process. What is recorded is hashed as it is recorded, or found; values of pure tasks when somebody takes them. Thread-safe.
 */
final class ValueHashes {

    private static final byte[] NO_VALUE = {};

    private final FlowRun<?> run;
    private final FlowValues<?> values;

    /** Empty: the value cannot be encoded. */
    private final Map<String, Optional<byte[]>> hashes = new ConcurrentHashMap<>();

    /** Of tasks that run for each element: a sum over those that have succeeded, in whatever order. */
    private final Map<Integer, long[]> sums = new ConcurrentHashMap<>();

    ValueHashes(FlowRun<?> run, FlowValues<?> values) {
        this.run = run;
        this.values = values;
    }

    /** The inputs of the run, encoded. */
    void inputs(byte[] inputs) {
        values.inputParts(inputs).forEach(this::keep);
    }

    /**
     * What a task that runs once gave, encoded; null: nothing.
     *
     * @return its hash, for the record; null: there is none
     */
    @Nullable
    String result(int task, byte @Nullable [] result) {
        List<String> provides = run.graph.task(task).provides();
        byte[] whole = result == null ? null : Hashes.of(result);
        if (provides.size() == 1) {
            hashes.put(provides.get(0), Optional.of(whole == null ? NO_VALUE : whole));
        } else if (!provides.isEmpty()) {
            values.resultParts(task, result).forEach(this::keep);
        }
        return whole == null ? null : Hashes.hex(whole);
    }

    private void keep(String name, byte[] encoded) {
        hashes.put(name, Optional.of(Hashes.of(encoded)));
    }

    /** What a task gave for an element that counts, encoded; null: nothing. As {@link #result}. */
    @Nullable
    String element(int task, int element, byte @Nullable [] result) {
        byte[] whole = result == null ? null : Hashes.of(result);
        ByteBuffer hash = ByteBuffer.wrap(Hashes.begin()
                .add(element)
                .add(whole == null ? NO_VALUE : whole)
                .end());
        long[] sum = sums.computeIfAbsent(task, number -> new long[4]);
        synchronized (sum) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += hash.getLong();
            }
        }
        return whole == null ? null : Hashes.hex(whole);
    }

    /**
     * A hash of what a task takes: the names and values of its keys and inputs. An element is known by the hash of that which it is one of,
     * and by its place there. Null: some value cannot be encoded.
     */
    @Nullable
    String taken(int task, int element) {
        TaskSpec spec = run.graph.task(task);
        Hashes taken = Hashes.begin();
        for (String name : spec.requires()) {
            Optional<byte[]> hash = hash(name);
            if (hash.isEmpty()) {
                return null;
            }
            taken.add(name).add(hash.get());
        }
        if (element != Place.NO_ELEMENT) {
            taken.add(element);
        }
        return Hashes.hex(taken.end());
    }

    private Optional<byte[]> hash(String name) {
        Optional<byte[]> known = hashes.get(name);
        if (known != null) {
            return known;
        }
        Optional<byte[]> found = provided(name);
        hashes.put(name, found);
        return found;
    }

    /** The value of a task that is not recorded as a whole, if it has one. */
    private Optional<byte[]> provided(String name) {
        FlowGraph graph = run.graph;
        for (int task : values.providers(name)) {
            long[] sum = sums.get(task);
            if (sum != null) {
                ByteBuffer bytes = ByteBuffer.allocate(sum.length * Long.BYTES);
                synchronized (sum) {
                    for (long part : sum) {
                        bytes.putLong(part);
                    }
                }
                return Optional.of(bytes.array());
            }
            TaskSpec spec = graph.task(task);
            if (spec.pure() && spec.fanOut() == null && run.hasSucceeded(task)) {
                try {
                    byte[] encoded = values.encoded(task, spec.provides().indexOf(name), run.frame);
                    return Optional.of(encoded == null ? NO_VALUE : Hashes.of(encoded));
                } catch (RuntimeException e) {
                    // A pure task may give what cannot be recorded.
                    return Optional.empty();
                }
            }
        }
        return Optional.of(NO_VALUE);
    }
}
