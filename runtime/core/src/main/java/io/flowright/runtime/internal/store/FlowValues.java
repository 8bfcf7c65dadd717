package io.flowright.runtime.internal.store;

import io.flowright.runtime.FailureInfo;
import io.flowright.runtime.ProgressReport;
import io.flowright.runtime.RunSnapshot;
import io.flowright.runtime.TaskSnapshot;
import io.flowright.runtime.TaskStatus;
import io.flowright.runtime.generated.FanOutSpec;
import io.flowright.runtime.generated.FlowFrame;
import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.generated.FlowRecording;
import io.flowright.runtime.operations.FlowOutline;
import io.flowright.runtime.spi.Codec;
import io.flowright.runtime.spi.CodecException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The values of one flow as bytes. One value is what the codec makes of it; several stand one after the other, each behind its length;
 * one that is absent is no bytes at all. Thread-safe.
 *
 * @param <R> the flow's result type
 */
public final class FlowValues<R> {

    /** In place of a length. */
    private static final int ABSENT = -1;

    private final FlowGraph graph;
    private final FlowRecording<R> recording;
    private final Codec codec;
    private final boolean verifying;

    /** The tasks over the elements of whose keys other tasks run. */
    private final BitSet elementProviders = new BitSet();

    /** Whether tasks run over the elements of an input. */
    private final boolean elementInputs;

    private final Map<String, List<Integer>> providers = new HashMap<>();

    /** @param verifying whether values are decoded again at once, to see whether they survive */
    public FlowValues(FlowGraph graph, FlowRecording<R> recording, Codec codec, boolean verifying) {
        this.graph = graph;
        this.recording = recording;
        this.codec = codec;
        this.verifying = verifying;
        Set<String> sources = IntStream.range(0, graph.size())
                .mapToObj(task -> graph.task(task).fanOut())
                .filter(Objects::nonNull)
                .map(FanOutSpec::source)
                .collect(Collectors.toUnmodifiableSet());
        for (int task = 0; task < graph.size(); task++) {
            elementProviders.set(task, graph.task(task).provides().stream().anyMatch(sources::contains));
            for (String key : graph.task(task).provides()) {
                providers.computeIfAbsent(key, name -> new ArrayList<>(1)).add(task);
            }
        }
        elementInputs = graph.inputs().keySet().stream().anyMatch(sources::contains);
    }

    public FlowGraph graph() {
        return graph;
    }

    /**
     * The frame with which a new run is to go on. An element is known by its place among the recorded ones, and what is recorded of a
     * set may be in another order than the set: so the run iterates what it would find after a crash.
     */
    public FlowFrame<R> recorded(FlowFrame<R> begun) {
        return verifying || elementInputs ? frame(inputs(begun.inputs())) : begun;
    }

    public byte[] inputs(@Nullable Object[] inputs) {
        Type[] types = recording.inputs();
        String[] names = graph.inputs().keySet().toArray(String[]::new);
        byte[][] parts = new byte[inputs.length][];
        for (int i = 0; i < inputs.length; i++) {
            parts[i] = encode(inputs[i], types[i], "input '" + names[i] + "'");
        }
        return join(parts);
    }

    /**
     * Inputs that were encoded by {@link #inputs}, with other values for some of them.
     *
     * @throws IllegalArgumentException if there is no such input, or a value does not have its type
     */
    public byte[] replaced(byte[] inputs, Map<String, ?> others) {
        List<String> names = List.copyOf(graph.inputs().keySet());
        Type[] types = recording.inputs();
        byte[][] parts = split(inputs, types.length);
        @Nullable Object[] values = values(parts);
        others.forEach((name, value) -> {
            int place = names.indexOf(name);
            if (place < 0) {
                throw new IllegalArgumentException("flow " + graph.name() + " has no input " + name + ", but " + names);
            }
            String what = "input '" + name + "'";
            try {
                parts[place] = encode(value, types[place], what);
                // Not every codec minds what it is given; a frame does.
                values[place] = value;
                recording.frame(values);
                decode(parts[place], types[place], what);
            } catch (ClassCastException | NullPointerException | CodecException e) {
                throw new IllegalArgumentException(
                        subject(what) + " is a " + graph.inputs().get(name) + ", which "
                                + (value == null ? "null" : value.getClass().getName()) + " is not",
                        e);
            }
        });
        return join(parts);
    }

    /** The inputs that {@link #inputs} was given, each encoded, by name. */
    public Map<String, byte[]> inputParts(byte[] inputs) {
        return named(List.copyOf(graph.inputs().keySet()), split(inputs, recording.inputs().length));
    }

    /** What a task gave that gives several keys, each encoded, by name; those that have no value are left out. */
    public Map<String, byte[]> resultParts(int task, byte @Nullable [] result) {
        int count = recording.results(task).length;
        return result == null || count == 0
                ? Map.of()
                : named(graph.task(task).provides(), count == 1 ? new byte[][] {result} : split(result, count));
    }

    private static Map<String, byte[]> named(List<String> names, byte[][] parts) {
        Map<String, byte[]> named = new HashMap<>();
        for (int i = 0; i < parts.length; i++) {
            byte[] part = parts[i];
            if (part != null) {
                named.put(names.get(i), part);
            }
        }
        return named;
    }

    /** The value of a key of a task that has succeeded; null: it has none. */
    public byte @Nullable [] encoded(int task, int key, FlowFrame<?> frame) {
        Type[] types = recording.results(task);
        Object value = types.length == 0 ? FlowFrame.ABSENT : frame.values(task)[key];
        return FlowFrame.ABSENT.equals(value) ? null : codec.encode(value, types[key]);
    }

    /** The tasks that provide a key; none for an input. */
    public List<Integer> providers(String key) {
        return providers.getOrDefault(key, List.of());
    }

    /** A new frame for a run with inputs that were encoded by {@link #inputs}. */
    public FlowFrame<R> frame(byte[] inputs) {
        return recording.frame(values(split(inputs, recording.inputs().length)));
    }

    private @Nullable Object[] values(byte[][] parts) {
        Type[] types = recording.inputs();
        String[] names = graph.inputs().keySet().toArray(String[]::new);
        @Nullable Object[] values = new @Nullable Object[types.length];
        for (int i = 0; i < types.length; i++) {
            byte[] part = parts[i];
            values[i] = part == null ? null : decode(part, types[i], "input '" + names[i] + "'");
        }
        return values;
    }

    /**
     * What a task that runs once gave; null: it gives nothing, or nothing this time.
     *
     * @throws CodecException if it cannot be recorded
     */
    public byte @Nullable [] result(int task, FlowFrame<R> frame) {
        byte[] result = encoded(task, frame);
        if (recording.results(task).length > 0 && (verifying || elementProviders.get(task))) {
            // Whoever takes the value gets what it would get after a crash; for elements, see recorded.
            restore(task, frame, result);
        }
        return result;
    }

    /** As {@link #result}, of a task whose value is not recorded. */
    public byte @Nullable [] encoded(int task, FlowFrame<R> frame) {
        Type[] types = recording.results(task);
        if (types.length == 0) {
            return null;
        }
        @Nullable Object[] values = frame.values(task);
        byte[] @Nullable [] parts = new byte[types.length][];
        for (int i = 0; i < types.length; i++) {
            parts[i] = FlowFrame.ABSENT.equals(values[i]) ? null : encode(values[i], types[i], key(task, i));
        }
        return types.length == 1 ? parts[0] : join(parts);
    }

    /** Keeps in the frame what {@link #result} gave. */
    public void restore(int task, FlowFrame<R> frame, byte @Nullable [] result) {
        Type[] types = recording.results(task);
        if (types.length == 0) {
            return;
        }
        byte[][] parts = types.length == 1 ? new byte[][] {result} : split(present(result, task), types.length);
        @Nullable Object[] values = new @Nullable Object[types.length];
        for (int i = 0; i < types.length; i++) {
            byte[] part = parts[i];
            values[i] = part == null ? FlowFrame.ABSENT : decode(part, types[i], key(task, i));
        }
        frame.restore(task, values);
    }

    private byte[] present(byte @Nullable [] result, int task) {
        if (result == null) {
            throw new CodecException("the recorded result of task '" + name(task) + "' is missing", null);
        }
        return result;
    }

    /** What a task gave for one element; null: nothing. */
    public byte @Nullable [] element(int task, boolean absent, @Nullable Object value) {
        Type[] types = recording.results(task);
        return types.length == 0 || absent ? null : encode(value, types[0], key(task, 0));
    }

    /** The value of {@link #element}, which was not absent. */
    public @Nullable Object element(int task, byte @Nullable [] result) {
        Type[] types = recording.results(task);
        return types.length == 0 || result == null ? null : decode(result, types[0], key(task, 0));
    }

    /** What the run goes on with of the value of {@link #element}: itself, unless that is to be verified. */
    public @Nullable Object seen(int task, byte @Nullable [] result, @Nullable Object value) {
        return verifying && result != null ? element(task, result) : value;
    }

    /** A failure; never fails itself. */
    public byte[] failure(Throwable failure) {
        return Failures.encode(codec, failure);
    }

    public FailureInfo failure(byte[] bytes) {
        return Failures.decode(codec, bytes);
    }

    /** The graph for people, encoded. */
    public byte[] outline() {
        return codec.encode(Outlines.of(graph), FlowOutline.class);
    }

    /** What a run is doing: those of its tasks and compensations that have begun and not ended. */
    public byte[] activity(RunSnapshot snapshot) {
        return codec.encode(
                Stream.concat(snapshot.tasks().stream(), snapshot.compensations().stream())
                        .filter(task ->
                                task.status().isActive() && (task.status() != TaskStatus.PENDING || hasSpoken(task)))
                        .toArray(TaskSnapshot[]::new),
                TaskSnapshot[].class);
    }

    /** Whether any task that has not ended has said something of itself. */
    public static boolean anySpoken(RunSnapshot snapshot) {
        return Stream.concat(snapshot.tasks().stream(), snapshot.compensations().stream())
                .anyMatch(task -> task.status().isActive() && hasSpoken(task));
    }

    /** Of a task that was stopped, what it has said is what it can go on from. */
    private static boolean hasSpoken(TaskSnapshot task) {
        return (task.progress() != null && task.progress().at() != null)
                || !task.elements().isEmpty();
    }

    /** The tasks of {@link #activity}. */
    public List<TaskSnapshot> activity(byte[] activity) {
        return List.of((TaskSnapshot[]) Objects.requireNonNull(codec.decode(activity, TaskSnapshot[].class)));
    }

    /** What a task says of itself, as text. */
    public String detail(Record detail) {
        return Texts.of(codec.encode(detail, detail.getClass()));
    }

    /** What {@link #detail(Record)} was given. */
    public <T extends Record> @Nullable T detail(String text, Class<T> type) {
        return type.cast(codec.decode(Texts.bytes(text), type));
    }

    /** How far an attempt was when it ended. */
    public byte[] progress(ProgressReport report) {
        return codec.encode(report, ProgressReport.class);
    }

    /** What {@link #progress(ProgressReport)} was given. */
    public ProgressReport progress(byte[] report) {
        return (ProgressReport) Objects.requireNonNull(codec.decode(report, ProgressReport.class));
    }

    private String name(int task) {
        return graph.task(task).name();
    }

    private String key(int task, int place) {
        String given = graph.task(task).provides().isEmpty()
                ? ""
                : ", key '"
                        + graph.task(task)
                                .provides()
                                .get(Math.min(place, graph.task(task).provides().size() - 1)) + "'";
        return "the result of task '" + name(task) + "'" + given;
    }

    private byte[] encode(@Nullable Object value, Type type, String what) {
        byte[] bytes;
        try {
            bytes = codec.encode(value, type);
        } catch (RuntimeException e) {
            throw new CodecException(subject(what) + " cannot be recorded: " + e.getMessage(), e);
        }
        if (verifying) {
            verify(value, type, bytes, what);
        }
        return bytes;
    }

    private void verify(@Nullable Object value, Type type, byte[] bytes, String what) {
        Object copy = decode(bytes, type, what);
        byte[] again;
        try {
            again = codec.encode(copy, type);
        } catch (RuntimeException e) {
            throw new CodecException(
                    subject(what) + " does not survive being recorded: what comes back cannot be recorded again", e);
        }
        if (!Arrays.equals(bytes, again) || (isPlain(value) && !Objects.equals(value, copy))) {
            throw new CodecException(
                    subject(what) + " does not survive being recorded: what comes back is another", null);
        }
    }

    /** Whether equality is a matter of the value alone. Of anything that may hold an array, the bytes decide. */
    private static boolean isPlain(@Nullable Object value) {
        return value instanceof CharSequence || value instanceof Number || value instanceof Enum<?>;
    }

    private @Nullable Object decode(byte[] bytes, Type type, String what) {
        try {
            return codec.decode(bytes, type);
        } catch (RuntimeException e) {
            throw new CodecException(subject(what) + " cannot be read from its record: " + e.getMessage(), e);
        }
    }

    private String subject(String what) {
        return what + " of flow '" + graph.name() + "'";
    }

    private static byte[] join(byte[] @Nullable [] parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (byte[] part : parts) {
                out.writeInt(part == null ? ABSENT : part.length);
                if (part != null) {
                    out.write(part);
                }
            }
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return bytes.toByteArray();
    }

    private byte[][] split(byte[] bytes, int count) {
        byte[][] parts = new byte[count][];
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            for (int i = 0; i < count; i++) {
                int length = in.getInt();
                if (length != ABSENT) {
                    parts[i] = new byte[length];
                    in.get(parts[i]);
                }
            }
        } catch (BufferUnderflowException | NegativeArraySizeException e) {
            throw new CodecException("a record of flow '" + graph.name() + "' is cut off", e);
        }
        return parts;
    }
}
