package graph;

import io.flowright.runtime.Engine;
import io.flowright.runtime.Run;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.TaskContext;
import io.flowright.runtime.TypedFlow;
import io.flowright.runtime.generated.FlowFrame;
import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.generated.FlowRecording;
import io.flowright.runtime.generated.RetrySpec;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import javax.annotation.processing.Generated;

/** The flow {@code primitive}, made from {@link PrimitiveTasks}. */
@Generated("io.flowright.processor.FlowrightProcessor")
public final class PrimitiveFlow extends TypedFlow<PrimitiveFlow.Result> {
    private final PrimitiveTasks primitiveTasks;

    private PrimitiveFlow(PrimitiveTasks primitiveTasks, Engine engine) {
        super(Graph.GRAPH, engine);
        this.primitiveTasks = primitiveTasks;
    }

    /** Creates the flow on the process-wide engine. */
    public static PrimitiveFlow create(PrimitiveTasks primitiveTasks) {
        return create(primitiveTasks, Engine.shared());
    }

    /** Creates the flow on an engine of your own. */
    public static PrimitiveFlow create(PrimitiveTasks primitiveTasks, Engine engine) {
        PrimitiveFlow flow = new PrimitiveFlow(Objects.requireNonNull(primitiveTasks, "primitiveTasks"),
                Objects.requireNonNull(engine, "engine"));
        flow.register(new Recording(flow));
        return flow;
    }

    /**
     * Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}.
     * If the calling thread is interrupted, the run is cancelled: this method throws a
     * {@code CancellationException}, and the thread's interrupt flag is set again.
     */
    public Result run(boolean yes, byte small, char letter) {
        return run(RunOptions.none(), yes, small, letter);
    }

    /**
     * Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}.
     * If the calling thread is interrupted, the run is cancelled: this method throws a
     * {@code CancellationException}, and the thread's interrupt flag is set again.
     */
    public Result run(RunOptions options, boolean yes, byte small, char letter) {
        return execute(options, new Frame(this, yes, small, letter));
    }

    /** Starts the flow and promises its result. */
    public CompletableFuture<Result> runAsync(boolean yes, byte small, char letter) {
        return runAsync(RunOptions.none(), yes, small, letter);
    }

    /** Starts the flow and promises its result. */
    public CompletableFuture<Result> runAsync(RunOptions options, boolean yes, byte small,
            char letter) {
        return executeAsync(options, new Frame(this, yes, small, letter));
    }

    /** Starts the flow and returns its run. */
    public Run<Result> start(boolean yes, byte small, char letter) {
        return start(RunOptions.none(), yes, small, letter);
    }

    /** Starts the flow and returns its run. */
    public Run<Result> start(RunOptions options, boolean yes, byte small, char letter) {
        return launch(options, new Frame(this, yes, small, letter));
    }

    /** Takes the inputs by name, then starts the flow. */
    public Inputs inputs() {
        return new Inputs(this);
    }

    /** What a run of the flow has made. */
    public static final class Result {
        private final Frame frame;

        private Result(Frame frame) {
            this.frame = frame;
        }

        /** What {@link PrimitiveTasks#aBoolean} returned. */
        public boolean aBoolean() {
            frame.requireWanted(0);
            return frame.aBoolean;
        }

        /** What {@link PrimitiveTasks#aByte} returned. */
        public byte aByte() {
            frame.requireWanted(1);
            return frame.aByte;
        }

        /** What {@link PrimitiveTasks#aShort} returned. */
        public short aShort() {
            frame.requireWanted(2);
            return frame.aShort;
        }

        /** What {@link PrimitiveTasks#aChar} returned. */
        public char aChar() {
            frame.requireWanted(3);
            return frame.aChar;
        }

        /** What {@link PrimitiveTasks#anInt} returned. */
        public int anInt() {
            frame.requireWanted(4);
            return frame.anInt;
        }

        /** What {@link PrimitiveTasks#aLong} returned. */
        public long aLong() {
            frame.requireWanted(5);
            return frame.aLong;
        }

        /** What {@link PrimitiveTasks#aFloat} returned. */
        public float aFloat() {
            frame.requireWanted(6);
            return frame.aFloat;
        }

        /** What {@link PrimitiveTasks#aDouble} returned. */
        public double aDouble() {
            frame.requireWanted(7);
            return frame.aDouble;
        }

        /** What {@link PrimitiveTasks#array} returned. */
        public int[] array() {
            frame.requireWanted(8);
            return frame.array;
        }

        /** What {@link PrimitiveTasks#boxed} returned. */
        public Character boxed() {
            frame.requireWanted(9);
            return frame.boxed;
        }

        /** What {@link PrimitiveTasks#sum} returned. */
        public String sum() {
            frame.requireWanted(10);
            return frame.sum;
        }

        /** Names the flow and its keys; values may be secrets. */
        @Override
        public String toString() {
            return "Result of flow 'primitive' [aBoolean, aByte, aShort, aChar, anInt, aLong, aFloat, aDouble, array, boxed, sum]";
        }
    }

    /** The inputs of a run, by name. For use by one thread, once. */
    public static final class Inputs {
        private final PrimitiveFlow flow;
        private Boolean yes;
        private Byte small;
        private Character letter;

        private Inputs(PrimitiveFlow flow) {
            this.flow = flow;
        }

        /** Sets {@code yes}. */
        public Inputs yes(boolean yes) {
            this.yes = yes;
            return this;
        }

        /** Sets {@code small}. */
        public Inputs small(byte small) {
            this.small = small;
            return this;
        }

        /** Sets {@code letter}. */
        public Inputs letter(char letter) {
            this.letter = letter;
            return this;
        }

        /**
         * Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}.
         * If the calling thread is interrupted, the run is cancelled: this method throws a
         * {@code CancellationException}, and the thread's interrupt flag is set again.
         */
        public Result run() {
            return run(RunOptions.none());
        }

        /**
         * Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}.
         * If the calling thread is interrupted, the run is cancelled: this method throws a
         * {@code CancellationException}, and the thread's interrupt flag is set again.
         */
        public Result run(RunOptions options) {
            return flow.execute(options, frame());
        }

        /** Starts the flow and promises its result. */
        public CompletableFuture<Result> runAsync() {
            return runAsync(RunOptions.none());
        }

        /** Starts the flow and promises its result. */
        public CompletableFuture<Result> runAsync(RunOptions options) {
            return flow.executeAsync(options, frame());
        }

        /** Starts the flow and returns its run. */
        public Run<Result> start() {
            return start(RunOptions.none());
        }

        /** Starts the flow and returns its run. */
        public Run<Result> start(RunOptions options) {
            return flow.launch(options, frame());
        }

        private Frame frame() {
            List<String> missing = new ArrayList<>();
            if (yes == null) {
                missing.add("yes");
            }
            if (small == null) {
                missing.add("small");
            }
            if (letter == null) {
                missing.add("letter");
            }
            if (!missing.isEmpty()) {
                throw new IllegalStateException("Flow 'primitive' has no value for the inputs: "
                        + String.join(", ", missing));
            }
            return new Frame(flow, yes, small, letter);
        }
    }

    /** The names of the keys. */
    public static final class Keys {
        /** From {@link PrimitiveTasks#aBoolean}. */
        public static final String A_BOOLEAN = "aBoolean";

        /** From {@link PrimitiveTasks#aByte}. */
        public static final String A_BYTE = "aByte";

        /** From {@link PrimitiveTasks#aShort}. */
        public static final String A_SHORT = "aShort";

        /** From {@link PrimitiveTasks#aChar}. */
        public static final String A_CHAR = "aChar";

        /** From {@link PrimitiveTasks#anInt}. */
        public static final String AN_INT = "anInt";

        /** From {@link PrimitiveTasks#aLong}. */
        public static final String A_LONG = "aLong";

        /** From {@link PrimitiveTasks#aFloat}. */
        public static final String A_FLOAT = "aFloat";

        /** From {@link PrimitiveTasks#aDouble}. */
        public static final String A_DOUBLE = "aDouble";

        /** From {@link PrimitiveTasks#array}. */
        public static final String ARRAY = "array";

        /** From {@link PrimitiveTasks#boxed}. */
        public static final String BOXED = "boxed";

        /** From {@link PrimitiveTasks#sum}. */
        public static final String SUM = "sum";

        private Keys() {}
    }

    /** The names of the tasks. */
    public static final class Tasks {
        /** {@link PrimitiveTasks#aBoolean}. */
        public static final String A_BOOLEAN = "aBoolean";

        /** {@link PrimitiveTasks#aByte}. */
        public static final String A_BYTE = "aByte";

        /** {@link PrimitiveTasks#aShort}. */
        public static final String A_SHORT = "aShort";

        /** {@link PrimitiveTasks#aChar}. */
        public static final String A_CHAR = "aChar";

        /** {@link PrimitiveTasks#anInt}. */
        public static final String AN_INT = "anInt";

        /** {@link PrimitiveTasks#aLong}. */
        public static final String A_LONG = "aLong";

        /** {@link PrimitiveTasks#aFloat}. */
        public static final String A_FLOAT = "aFloat";

        /** {@link PrimitiveTasks#aDouble}. */
        public static final String A_DOUBLE = "aDouble";

        /** {@link PrimitiveTasks#array}. */
        public static final String ARRAY = "array";

        /** {@link PrimitiveTasks#boxed}. */
        public static final String BOXED = "boxed";

        /** {@link PrimitiveTasks#sum}. */
        public static final String SUM = "sum";

        private Tasks() {}
    }

    /** The values of one run, and the calls of its tasks. */
    private static final class Frame extends FlowFrame<Result> {
        private final PrimitiveTasks primitiveTasks;
        private final boolean yes;
        private final byte small;
        private final char letter;
        private boolean aBoolean;
        private byte aByte;
        private short aShort;
        private char aChar;
        private int anInt;
        private long aLong;
        private float aFloat;
        private double aDouble;
        private int[] array;
        private Character boxed;
        private String sum;

        Frame(PrimitiveFlow flow, boolean yes, byte small, char letter) {
            this.primitiveTasks = flow.primitiveTasks;
            this.yes = yes;
            this.small = small;
            this.letter = letter;
        }

        @Override
        public void run(int task) throws Throwable {
            switch (task) {
                case 0 -> aBoolean();
                case 1 -> aByte();
                case 2 -> aShort();
                case 3 -> aChar();
                case 4 -> anInt();
                case 7 -> aDouble();
                case 8 -> array();
                case 10 -> sum();
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public Object call(int task, TaskContext context) throws Throwable {
            return switch (task) {
                case 5 -> aLong(context);
                case 6 -> aFloat(context);
                case 9 -> boxed(context);
                default -> throw noSuchTask(task);
            };
        }

        @Override
        public void put(int task, Object value) {
            switch (task) {
                case 5 -> aLong = (long) value;
                case 6 -> aFloat = (float) value;
                case 9 -> boxed = (Character) value;
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public Object[] values(int task) {
            return switch (task) {
                case 0 -> new Object[] {aBoolean};
                case 1 -> new Object[] {aByte};
                case 2 -> new Object[] {aShort};
                case 3 -> new Object[] {aChar};
                case 4 -> new Object[] {anInt};
                case 5 -> new Object[] {aLong};
                case 6 -> new Object[] {aFloat};
                case 7 -> new Object[] {aDouble};
                case 8 -> new Object[] {array};
                case 9 -> new Object[] {boxed};
                case 10 -> new Object[] {sum};
                default -> throw noSuchTask(task);
            };
        }

        @Override
        public void restore(int task, Object[] values) {
            switch (task) {
                case 0 -> aBoolean = (boolean) values[0];
                case 1 -> aByte = (byte) values[0];
                case 2 -> aShort = (short) values[0];
                case 3 -> aChar = (char) values[0];
                case 4 -> anInt = (int) values[0];
                case 5 -> aLong = (long) values[0];
                case 6 -> aFloat = (float) values[0];
                case 7 -> aDouble = (double) values[0];
                case 8 -> array = (int[]) values[0];
                case 9 -> boxed = (Character) values[0];
                case 10 -> sum = (String) values[0];
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public Object[] inputs() {
            return new Object[] {yes, small, letter};
        }

        @Override
        public Result result() {
            return new Result(this);
        }

        /** {@link PrimitiveTasks#aBoolean}. */
        private void aBoolean() {
            aBoolean = primitiveTasks.aBoolean(yes);
        }

        /** {@link PrimitiveTasks#aByte}. */
        private void aByte() {
            aByte = primitiveTasks.aByte(small);
        }

        /** {@link PrimitiveTasks#aShort}. */
        private void aShort() {
            aShort = primitiveTasks.aShort(aByte);
        }

        /** {@link PrimitiveTasks#aChar}. */
        private void aChar() {
            aChar = primitiveTasks.aChar(letter);
        }

        /** {@link PrimitiveTasks#anInt}. */
        private void anInt() {
            anInt = primitiveTasks.anInt(aShort, aChar);
        }

        /** {@link PrimitiveTasks#aLong}. */
        private long aLong(TaskContext context) {
            return primitiveTasks.aLong(anInt);
        }

        /** {@link PrimitiveTasks#aFloat}. */
        private float aFloat(TaskContext context) {
            return primitiveTasks.aFloat(aLong);
        }

        /** {@link PrimitiveTasks#aDouble}. */
        private void aDouble() {
            aDouble = primitiveTasks.aDouble(aFloat);
        }

        /** {@link PrimitiveTasks#array}. */
        private void array() {
            array = provided(primitiveTasks.array(anInt), Keys.ARRAY);
        }

        /** {@link PrimitiveTasks#boxed}. */
        private Character boxed(TaskContext context) {
            return primitiveTasks.boxed(aChar, array);
        }

        /** {@link PrimitiveTasks#sum}. */
        private void sum() {
            sum = provided(primitiveTasks.sum(aBoolean, aByte, aShort, boxed, anInt, aLong, aFloat,
                    aDouble), Keys.SUM);
        }
    }

    /** What an engine with a store knows of the flow. */
    private static final class Recording extends FlowRecording<Result> {
        private final PrimitiveFlow flow;

        Recording(PrimitiveFlow flow) {
            this.flow = flow;
        }

        @Override
        public Type[] inputs() {
            return types(boolean.class, byte.class, char.class);
        }

        @Override
        public Type[] results(int task) {
            return switch (task) {
                case 0 -> types(boolean.class);
                case 1 -> types(byte.class);
                case 2 -> types(short.class);
                case 3 -> types(char.class);
                case 4 -> types(int.class);
                case 5 -> types(long.class);
                case 6 -> types(float.class);
                case 7 -> types(double.class);
                case 8 -> types(int[].class);
                case 9 -> types(Character.class);
                case 10 -> types(String.class);
                default -> nothing();
            };
        }

        @Override
        public Frame frame(Object[] inputs) {
            return new Frame(flow, (boolean) inputs[0], (byte) inputs[1], (char) inputs[2]);
        }
    }

    /** What the engine knows of the flow. */
    private static final class Graph {
        static final FlowGraph GRAPH = graph();

        private static FlowGraph graph() {
            FlowGraph.Builder graph = FlowGraph.builder("primitive", "");
            graph.fingerprint("12f6f2ffeff2176e2fdd4cf163acd146");
            graph.input("yes", "boolean");
            graph.input("small", "byte");
            graph.input("letter", "char");
            graph.task(Tasks.A_BOOLEAN, "PrimitiveTasks.aBoolean").requires("yes").provides(Keys.A_BOOLEAN);
            graph.task(Tasks.A_BYTE, "PrimitiveTasks.aByte").requires("small").provides(Keys.A_BYTE);
            graph.task(Tasks.A_SHORT, "PrimitiveTasks.aShort").requires(Keys.A_BYTE).provides(Keys.A_SHORT);
            graph.task(Tasks.A_CHAR, "PrimitiveTasks.aChar").requires("letter").provides(Keys.A_CHAR);
            graph.task(Tasks.AN_INT, "PrimitiveTasks.anInt")
                    .requires(Keys.A_SHORT, Keys.A_CHAR)
                    .provides(Keys.AN_INT);
            graph.task(Tasks.A_LONG, "PrimitiveTasks.aLong")
                    .requires(Keys.AN_INT)
                    .provides(Keys.A_LONG)
                    .managed()
                    .retry(RetrySpec.attempts(3));
            graph.task(Tasks.A_FLOAT, "PrimitiveTasks.aFloat")
                    .requires(Keys.A_LONG)
                    .provides(Keys.A_FLOAT)
                    .managed()
                    .retry(RetrySpec.attempts(3));
            graph.task(Tasks.A_DOUBLE, "PrimitiveTasks.aDouble").requires(Keys.A_FLOAT).provides(Keys.A_DOUBLE);
            graph.task(Tasks.ARRAY, "PrimitiveTasks.array").requires(Keys.AN_INT).provides(Keys.ARRAY);
            graph.task(Tasks.BOXED, "PrimitiveTasks.boxed")
                    .requires(Keys.A_CHAR, Keys.ARRAY)
                    .provides(Keys.BOXED)
                    .managed()
                    .retry(RetrySpec.attempts(3));
            graph.task(Tasks.SUM, "PrimitiveTasks.sum")
                    .requires(Keys.A_BOOLEAN, Keys.A_BYTE, Keys.A_SHORT, Keys.BOXED, Keys.AN_INT, Keys.A_LONG, Keys.A_FLOAT, Keys.A_DOUBLE)
                    .provides(Keys.SUM);
            return graph.build();
        }
    }
}
