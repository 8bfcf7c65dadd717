package io.flowright.processor.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.processor.compile.Source;
import io.flowright.runtime.Engine;
import io.flowright.runtime.Run;
import io.flowright.runtime.TaskStatus;
import io.flowright.runtime.generated.FlowFrame;
import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.generated.FlowRecording;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one frame gives to be recorded, another one takes; and the types that are told are those of the values. */
class RecordingTest {

    @TempDir
    Path directory;

    private final Engine engine = Engine.builder().sequential().build();

    @AfterEach
    void closeEngine() {
        engine.close();
    }

    /** A generated flow, and the nested classes that only the engine sees. */
    private static final class Recorded {

        private final GeneratedFlow flow;
        private final FlowRecording<?> recording;
        private final FlowGraph graph;

        Recorded(GeneratedFlow flow, Object instance) throws ReflectiveOperationException {
            this.flow = flow;
            Class<?> type = instance.getClass();
            Constructor<?> constructor = nested(type, "Recording").getDeclaredConstructor(type);
            constructor.setAccessible(true);
            recording = (FlowRecording<?>) constructor.newInstance(instance);
            Field field = nested(type, "Graph").getDeclaredField("GRAPH");
            field.setAccessible(true);
            graph = (FlowGraph) field.get(null);
        }

        private static Class<?> nested(Class<?> type, String name) throws ClassNotFoundException {
            return type.getClassLoader().loadClass(type.getName() + "$" + name);
        }

        /** The frame of a run. */
        static FlowFrame<?> frameOf(Object result) throws ReflectiveOperationException {
            Field field = result.getClass().getDeclaredField("frame");
            field.setAccessible(true);
            return (FlowFrame<?>) field.get(result);
        }

        /** Runs the flow, and checks that a new frame becomes equal to that of the run. */
        FlowFrame<?> check(Object... inputs) throws ReflectiveOperationException {
            Run<?> run = (Run<?>) flow.call("start", inputs);
            FlowFrame<?> frame = frameOf(run.result());
            FlowFrame<?> restored = recording.frame(frame.inputs());
            assertThat(restored.inputs()).isEqualTo(frame.inputs());
            assertThat(frame.inputs()).hasSameSizeAs(recording.inputs());
            for (int task = 0; task < graph.size(); task++) {
                if (run.snapshot().task(graph.task(task).name()).status() == TaskStatus.SUCCEEDED) {
                    restore(frame, restored, task);
                }
            }
            assertThat(fields(restored)).isEqualTo(fields(frame));
            assertThat(GeneratedFlow.values(restored.result())).isEqualTo(GeneratedFlow.values(run.result()));
            return frame;
        }

        private void restore(FlowFrame<?> frame, FlowFrame<?> restored, int task) throws ReflectiveOperationException {
            if (graph.task(task).fanOut() != null) {
                List<String> keys = graph.task(task).provides();
                restored.put(task, keys.isEmpty() ? null : fields(frame).get(keys.get(0)));
                return;
            }
            assertThat(frame.values(task)).hasSameSizeAs(recording.results(task));
            restored.restore(task, frame.values(task));
        }

        /** The values of a frame's fields but the instances with the task methods, which the flow owns. */
        private static Map<String, Object> fields(FlowFrame<?> frame) throws ReflectiveOperationException {
            Map<String, Object> values = new LinkedHashMap<>();
            for (Class<?> type = frame.getClass(); type != FlowFrame.class; type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    field.setAccessible(true);
                    values.put(field.getName(), field.get(frame));
                }
            }
            return values;
        }

        Object[] values(FlowFrame<?> frame, String task) {
            return frame.values(number(task));
        }

        Type[] results(String task) {
            return recording.results(number(task));
        }

        private int number(String task) {
            for (int number = 0; number < graph.size(); number++) {
                if (graph.task(number).name().equals(task)) {
                    return number;
                }
            }
            throw new IllegalArgumentException(task);
        }
    }

    private Recorded flow(List<Source> sources, String flowClass, String... options) throws Exception {
        GeneratedFlow flow = GeneratedFlow.of(directory, sources, flowClass, engine, options);
        return new Recorded(flow, flow.instance());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aRandomFlowIsRestored(long seed) throws Exception {
        RandomFlow random = new RandomFlow(seed, seed == 5 ? 700 : 40 * (int) seed, 42);
        Recorded flow = flow(random.sources(), "drawn.RandomFlow");

        FlowFrame<?> frame = flow.check(42);
        for (Method accessor : frame.result().getClass().getDeclaredMethods()) {
            if (Modifier.isPublic(accessor.getModifiers())
                    && !accessor.getName().equals("toString")) {
                assertThat(typeOf(flow, accessor.getName()))
                        .as(accessor.getName())
                        .isEqualTo(accessor.getGenericReturnType());
            }
        }
    }

    private static Type typeOf(Recorded flow, String key) {
        for (int task = 0; task < flow.graph.size(); task++) {
            int place = flow.graph.task(task).provides().indexOf(key);
            if (place >= 0) {
                return flow.recording.results(task)[place];
            }
        }
        throw new IllegalArgumentException(key);
    }

    /** Flows in which all is well. */
    static Stream<RandomBranches> branches() {
        return LongStream.rangeClosed(1, 40)
                .mapToObj(seed -> new RandomBranches(seed, 6 + (int) (seed % 12)))
                .filter(branches -> !branches.overlaps() && !branches.hasIdleTask())
                .limit(10);
    }

    @ParameterizedTest
    @MethodSource("branches")
    void whatIsPresentIsRestoredInEveryCase(RandomBranches branches) throws Exception {
        Recorded flow = flow(branches.sources(), "drawn.BranchFlow", "-nowarn");
        List<int[]> cases = branches.cases();
        for (int i = 0; i < cases.size(); i += Math.max(1, cases.size() / 20)) {
            flow.check((Object) cases.get(i));
        }
    }

    private static final Source KINDS = Source.of("""
            package shop;

            import io.flowright.annotations.*;
            import io.flowright.annotations.ForEach.OnElementFailure;
            import java.util.*;
            import java.util.concurrent.CompletableFuture;
            import java.util.concurrent.CompletionStage;
            import org.jspecify.annotations.Nullable;

            @Flow
            public class KindTasks {
                public record Box<T extends Number>(T content) {}
                public record Parts(List<String> names, Optional<Integer> size, int count, @Nullable String note) {}

                @Provides("lines") public List<? extends Map<String, ? super Integer>> lines(@Input Set<long[]> numbers) {
                    return List.of(Map.of("a", 1));
                }
                @Provides public Box<?>[] boxes(@Input List<String>[] texts) { return new Box<?>[0]; }
                @Provides({"names", "size", "count", "note"}) public Parts parts(@Input boolean full) {
                    return new Parts(List.of("x", "y"), full ? Optional.of(7) : Optional.empty(), 3, null);
                }
                @Provides public Optional<List<String>> maybe(@Requires boolean full) {
                    return full ? Optional.of(List.of("z")) : Optional.empty();
                }
                @Provides @Nullable public String nothing() { return null; }
                @Provides public CompletionStage<List<Integer>> later() {
                    return CompletableFuture.completedFuture(List.of(1));
                }
                @Provides("done") public void order() {}
                @Provides("paid") @When("full") public void pay() {}
                @Provides("how") @When("full") public int cash() { return 1; }
                @Provides("how") @Unless("full") @Timeout("1m") public int card() { return 2; }
                @Provides(keep = false) public List<String> large() { return List.of("large"); }
                @Task public void use(@Requires List<String> large) {}
                @Provides(keep = false) @SuppressWarnings("flowright") public String unheld() { return "unheld"; }
                @Provides("lengths") public int length(@ForEach("names") String name) { return name.length(); }
                @Provides("found") public Optional<List<String>> find(
                        @ForEach(value = "names", onFailure = OnElementFailure.COLLECT) String name) {
                    return name.equals("x") ? Optional.of(List.of(name)) : Optional.empty();
                }
                @Task public void log(@ForEach("names") String name) {}
                @Task @Requires("paid") public void thank() {}
            }
            """);

    @Test
    void somebodyElseMaySayWhatATaskGaveThatRunsOnce() throws Exception {
        Source source = Source.of("""
                package shop;

                import io.flowright.annotations.*;
                import java.util.Optional;

                @Flow
                public class OnceTasks {
                    public record Parts(String name, int count) {}

                    @Task(once = true) @Provides public int number(@Input String text) { return 1; }
                    @Task(once = true) @Provides({"name", "count"}) public Parts parts() { return new Parts("a", 1); }
                    @Task(once = true) @Provides public Optional<String> maybe() { return Optional.of("a"); }
                    @Task(once = true) public void nothing() {}
                }
                """);
        Recorded flow = flow(List.of(source), "shop.OnceFlow");
        FlowFrame<?> frame = flow.check("text");
        Class<?> parts = frame.getClass().getClassLoader().loadClass("shop.OnceTasks$Parts");

        frame.put(flow.number("number"), 2);
        frame.put(flow.number("parts"), parts.getConstructors()[0].newInstance("b", 2));
        frame.put(flow.number("maybe"), Optional.empty());
        frame.put(flow.number("nothing"), null);

        assertThat(flow.values(frame, "number")).containsExactly(2);
        assertThat(flow.values(frame, "parts")).containsExactly("b", 2);
        assertThat(flow.values(frame, "maybe")).containsExactly(FlowFrame.ABSENT);
        assertThat(flow.values(frame, "nothing")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyKindOfTaskIsRestored(boolean full) throws Exception {
        Recorded flow = flow(List.of(KINDS), "shop.KindFlow");
        FlowFrame<?> frame = flow.check(Set.of(), new List<?>[0], full);

        assertThat(flow.values(frame, "parts"))
                .containsExactly(List.of("x", "y"), full ? 7 : FlowFrame.ABSENT, 3, null);
        assertThat(flow.values(frame, "maybe")).containsExactly(full ? List.of("z") : FlowFrame.ABSENT);
        assertThat(flow.values(frame, "nothing")).containsExactly((Object) null);
        assertThat(flow.values(frame, "order")).isEmpty();
        assertThat(flow.values(frame, "thank")).isEmpty();
        assertThat(flow.values(frame, full ? "cash" : "card")).containsExactly(full ? 1 : 2);
        assertThat(flow.values(frame, "unheld")).containsExactly((Object) null);
    }

    @Test
    void typesAreThoseOfValuesWithTheirArguments() throws Exception {
        Recorded flow = flow(List.of(KINDS), "shop.KindFlow");

        assertThat(Arrays.toString(flow.recording.inputs()))
                .isEqualTo("[java.util.Set<long[]>, java.util.List<java.lang.String>[], boolean]");
        assertThat(names(flow.results("lines")))
                .containsExactly("java.util.List<java.util.Map<java.lang.String, java.lang.Integer>>");
        assertThat(names(flow.results("boxes"))).containsExactly("shop.KindTasks$Box<java.lang.Number>[]");
        assertThat(names(flow.results("parts")))
                .containsExactly("java.util.List<java.lang.String>", "java.lang.Integer", "int", "java.lang.String");
        assertThat(names(flow.results("maybe"))).containsExactly("java.util.List<java.lang.String>");
        assertThat(names(flow.results("later"))).containsExactly("java.util.List<java.lang.Integer>");
        assertThat(names(flow.results("order"))).isEmpty();
        assertThat(names(flow.results("length"))).containsExactly("java.lang.Integer");
        assertThat(names(flow.results("find"))).containsExactly("java.util.List<java.lang.String>");
        assertThat(names(flow.results("log"))).isEmpty();
    }

    private static List<String> names(Type[] types) {
        List<String> names = new ArrayList<>();
        for (Type type : types) {
            names.add(type.getTypeName());
        }
        return names;
    }

    @Test
    void framesAreMadeFromRecordsAndBuildersToo() throws Exception {
        Recorded ofRecord = flow(List.of(Source.of("""
                package shop;

                import io.flowright.annotations.*;
                import java.util.List;

                @Flow(input = CountTasks.Start.class)
                public class CountTasks {
                    public record Start(long first, List<String> names) {}

                    @Provides public long count(@Requires long first, @Requires List<String> names) {
                        return first + names.size();
                    }
                }
                """)), "shop.CountFlow");
        ofRecord.check(5L, List.of("a"));

        Recorded ofBuilder = flow(List.of(Source.of("""
                package shop;

                import io.flowright.annotations.*;
                import org.jspecify.annotations.Nullable;

                @Flow
                public class NameTasks {
                    @Provides public String name(@Input String first, @Input @Nullable String last, @Input int age) {
                        return first + last + age;
                    }
                }
                """)), "shop.NameFlow");
        FlowFrame<?> frame = ofBuilder.recording.frame(new Object[] {"a", null, 3});
        assertThat(frame.inputs()).containsExactly("a", null, 3);
        assertThat(Recorded.frameOf(ofBuilder.flow.inputs("first", "a", "age", 3))
                        .inputs())
                .containsExactly("a", null, 3);
    }
}
