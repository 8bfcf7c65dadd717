package io.flowright.processor.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.processor.FlowrightProcessor;
import io.flowright.processor.compile.Compilation;
import io.flowright.processor.compile.Compiler;
import io.flowright.processor.compile.Source;
import io.flowright.runtime.Engine;
import io.flowright.runtime.Run;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.TaskSnapshot;
import io.flowright.runtime.TaskStatus;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Flows that use classes as groups, run. */
class GroupsTest {

    private static final Source RESIZE = source("""
            public class ResizeTasks {

                @Provides
                public String resized(@Requires String image, @Input int width) {
                    return image + " at " + width;
                }

                @Provides
                public CompletableFuture<Integer> bytes(@Requires String resized, @Input int width) {
                    return CompletableFuture.completedFuture(resized.length() * width);
                }

                @Provides
                public Map<String, Object> summary(@Requires({"image", "resized", "bytes", "width"}) Map<String, Object> all) {
                    return all;
                }
            }
            """);

    private static final Source GALLERY = source("""
            @Flow
            @Include(
                    value = ResizeTasks.class,
                    as = "thumb",
                    rebind = {"image=photo", "width=thumbWidth", "resized=thumbnail"})
            @Include(value = ResizeTasks.class, as = "poster", rebind = {"image=thumbnail", "width = posterWidth"})
            public class GalleryTasks {

                @Provides
                public String photo(@Input String file) {
                    return "photo in " + file;
                }

                @Provides
                public int posterWidth() {
                    return 4_000;
                }
            }
            """);

    @TempDir
    Path directory;

    @Test
    void oneClassIsUsedTwiceWithDifferentBindingsOfInputsAndOutputs() throws Exception {
        try (Engine sequential = Engine.builder().sequential().build();
                Engine parallel = Engine.builder().parallelism(4).build()) {
            GeneratedFlow flow = GeneratedFlow.of(directory, List.of(GALLERY, RESIZE), "shop.GalleryFlow", sequential);
            for (GeneratedFlow each : List.of(flow, flow.on(parallel))) {
                // The group "poster" takes its width, an input of its class, from a task.
                Object result = each.call("run", RunOptions.none(), "a.jpg", 64);

                assertThat(value(result, "thumbnail")).isEqualTo("photo in a.jpg at 64");
                assertThat(value(result, "thumb", "bytes")).isEqualTo(20 * 64);
                assertThat(value(result, "poster", "resized")).isEqualTo("photo in a.jpg at 64 at 4000");
                assertThat(value(result, "poster", "bytes")).isEqualTo(28 * 4_000);
                assertThat(value(result, "thumb", "summary"))
                        .hasToString("{image=photo in a.jpg, resized=photo in a.jpg at 64, bytes=1280, width=64}");
                assertThat(result)
                        .hasToString("Result of flow 'gallery' [photo, posterWidth, thumbnail, thumb.bytes,"
                                + " thumb.summary, poster.resized, poster.bytes, poster.summary]");
                assertThat(value(result, "poster"))
                        .hasToString("Result of group 'poster' of flow 'gallery' [resized, bytes, summary]");
            }
        }
    }

    @Test
    void tasksAndKeysAreNamedByTheirPaths() throws Exception {
        GeneratedFlow flow = GeneratedFlow.of(directory, List.of(GALLERY, RESIZE), "shop.GalleryFlow", Engine.shared());

        Run<?> run = (Run<?>) flow.call("start", RunOptions.none(), "a.jpg", 64);
        run.result();

        assertThat(run.snapshot().tasks())
                .extracting(TaskSnapshot::name)
                .containsExactlyInAnyOrder(
                        "photo",
                        "posterWidth",
                        "thumb.resized",
                        "thumb.bytes",
                        "thumb.summary",
                        "poster.resized",
                        "poster.bytes",
                        "poster.summary");
        assertThat((String) flow.call("diagram"))
                .contains("[\"thumb.resized\"]")
                .contains("-->|\"poster.resized\"|");
        assertThat(flow.constants("Keys"))
                .containsEntry("THUMBNAIL", "thumbnail")
                .containsEntry("POSTER_RESIZED", "poster.resized")
                .doesNotContainKey("THUMB_RESIZED");
        assertThat(flow.constants("Tasks")).containsEntry("THUMB_RESIZED", "thumb.resized");
    }

    @Test
    void aKeyOfAGroupIsATarget() throws Exception {
        GeneratedFlow flow = GeneratedFlow.of(directory, List.of(GALLERY, RESIZE), "shop.GalleryFlow", Engine.shared());

        Run<?> run = (Run<?>) flow.call("start", RunOptions.target("poster.resized"), "a.jpg", 64);

        assertThat(value(run.result(), "poster", "resized")).isEqualTo("photo in a.jpg at 64 at 4000");
        assertThat(run.snapshot().tasks())
                .filteredOn(task -> task.status() == TaskStatus.SUCCEEDED)
                .extracting(TaskSnapshot::name)
                .containsExactlyInAnyOrder("photo", "posterWidth", "thumb.resized", "poster.resized");
    }

    private static final Source[] NESTED = {source("""
            @Flow
            @Include(value = OuterTasks.class, as = "left", rebind = {"number=one", "sum=total"})
            @Include(value = OuterTasks.class, as = "right", rebind = "number=total")
            public class NestedTasks {

                @Provides
                public int one(@Input int offset) {
                    return offset + 1;
                }
            }
            """), source("""
            @Flow(include = ShiftTasks.class)
            @Include(value = MiddleTasks.class, as = "middle", rebind = {"value=shifted", "total=sum"})
            public class OuterTasks {}
            """), source("""
            public class ShiftTasks {

                @Provides
                public int shifted(@Input int number) {
                    return number * 10;
                }
            }
            """), source("""
            @Include(value = LeafTasks.class, as = "twice", rebind = {"in=value", "out=doubled"})
            @Include(value = LeafTasks.class, as = "again", rebind = "in=doubled")
            public class MiddleTasks {

                @Provides
                public int total(@Requires int value, @Requires int doubled, @Input int offset) {
                    return value + doubled + offset;
                }
            }
            """), source("""
            public class LeafTasks {

                @Provides
                public int out(@Input int in) {
                    return in * 2;
                }
            }
            """)};

    @Test
    void groupsNestAndEachLevelBindsTheNamesOfTheOneInside() throws Exception {
        GeneratedFlow flow = GeneratedFlow.of(directory, List.of(NESTED), "shop.NestedFlow", Engine.shared());

        Object result = flow.call("run", 4);

        // one: 5; left: shifted 50, doubled 100, again 200, total 50 + 100 + 4; right starts from that.
        assertThat(value(result, "one")).isEqualTo(5);
        assertThat(value(result, "left", "shifted")).isEqualTo(50);
        assertThat(value(result, "left", "middle", "doubled")).isEqualTo(100);
        assertThat(value(result, "left", "middle", "again", "out")).isEqualTo(200);
        assertThat(value(result, "total")).isEqualTo(154);
        assertThat(value(result, "right", "shifted")).isEqualTo(1_540);
        assertThat(value(result, "right", "sum")).isEqualTo(1_540 * 3 + 4);
        assertThat(value(result, "right", "middle", "again", "out")).isEqualTo(1_540 * 4);
        assertThat(flow.constants("Tasks")).containsValue("left.middle.twice.out");
    }

    @Test
    void aFlowIsAGroupOfAnotherAndStillRunsAlone() throws Exception {
        GeneratedFlow alone = GeneratedFlow.of(directory, List.of(NESTED), "shop.OuterFlow", Engine.shared());

        Object result = alone.inputs("number", 5, "offset", 4);

        assertThat(value(result, "sum")).isEqualTo(154);
        assertThat(value(result, "middle", "doubled")).isEqualTo(100);
    }

    private static final Source CALL = source("""
            public class CallTasks {

                private int calls;

                @Provides
                @Retry(maxAttempts = 2)
                @Idempotent("{request}-{number}")
                @Fallback("standIn")
                public String answer(@Requires String request, @Input int number) {
                    calls++;
                    throw new IllegalStateException("call " + calls);
                }

                String standIn(String request, Exception failure) {
                    return request + " failed at " + failure.getMessage();
                }

                @Provides(keep = false)
                @Requires("answer")
                public void done() {}

                @Provides
                @Requires("done")
                public int calls() {
                    return calls;
                }
            }
            """);

    @Test
    void policiesOfAGroupSeeTheNamesOfTheirOwnClass() throws Exception {
        Source flowClass = source("""
                @Flow
                @Include(value = CallTasks.class, as = "first", rebind = {"request=hello", "number=attempt"})
                @Include(value = CallTasks.class, as = "second", rebind = {"request=bye", "number=attempt", "answer=last"})
                public class PhoneTasks {

                    @Provides
                    public String hello(@Input int attempt) {
                        return "hello " + attempt;
                    }

                    @Provides
                    public String bye(@Requires("attempt") int attempt) {
                        return "bye " + attempt;
                    }
                }
                """);
        GeneratedFlow flow = GeneratedFlow.of(directory, List.of(flowClass, CALL), "shop.PhoneFlow", Engine.shared());

        Object result = flow.call("run", 7);

        assertThat(value(result, "first", "answer")).isEqualTo("hello 7 failed at call 2");
        assertThat(value(result, "last")).isEqualTo("bye 7 failed at call 2");
        // Each use of the class has an object of its own.
        assertThat(value(result, "first", "calls")).isEqualTo(2);
        assertThat(value(result, "second", "calls")).isEqualTo(2);
    }

    private static final Source SHIP = source("""
            public class ShipTasks {

                public enum Speed { EXPRESS, NORMAL }

                @Provides("label")
                @When(value = "speed", is = "EXPRESS")
                public String express(@Requires String address) {
                    return "express to " + address;
                }

                @Provides("label")
                @When(value = "speed", is = "NORMAL")
                @Unless("holiday")
                public String normal(@Requires String address) {
                    return "normal to " + address;
                }

                @Provides
                public String note(@Requires Optional<String> label) {
                    return label.orElse("later");
                }
            }
            """);

    @Test
    void guardsOfAGroupAreBoundLikeItsOtherNames() throws Exception {
        Source parcels = source("""
                @Flow
                @Include(value = ShipTasks.class, as = "there", rebind = {"address=home", "speed=fast"})
                @Include(value = ShipTasks.class, as = "back", rebind = {"address=home", "speed=slow", "label=returned"})
                public class ParcelTasks {

                    @Provides
                    public ShipTasks.Speed fast(@Input String home, @Input boolean holiday) {
                        return ShipTasks.Speed.EXPRESS;
                    }

                    @Provides
                    public ShipTasks.Speed slow() {
                        return ShipTasks.Speed.NORMAL;
                    }
                }
                """);
        GeneratedFlow flow = GeneratedFlow.of(directory, List.of(parcels, SHIP), "shop.ParcelFlow", Engine.shared());

        Object workday = flow.call("run", RunOptions.none(), "A", false);
        Object holiday = flow.call("run", RunOptions.none(), "A", true);

        assertThat(value(workday, "there", "label")).isEqualTo(Optional.of("express to A"));
        assertThat(value(workday, "returned")).isEqualTo(Optional.of("normal to A"));
        assertThat(value(holiday, "returned")).isEqualTo(Optional.empty());
        assertThat(value(holiday, "there", "note")).isEqualTo("express to A");
        assertThat(value(holiday, "back", "note")).isEqualTo("later");
    }

    @Test
    void elementsAndTheirListAreBoundLikeOtherNames() throws Exception {
        Source pages = source("""
                public class PageTasks {

                    @Provides
                    @Idempotent("{page}-{ink}")
                    public String printed(@ForEach("pages") int page, @Requires String ink) {
                        return ink + " " + page;
                    }

                    @Provides
                    public int count(@Requires List<String> printed) {
                        return printed.size();
                    }
                }
                """);
        Source book = source("""
                @Flow
                @Include(value = PageTasks.class, as = "cover", rebind = {"pages=covers", "printed=bound"})
                @Include(value = PageTasks.class, as = "inner", rebind = "ink=black")
                public class BookTasks {

                    @Provides
                    public List<Integer> covers(@Input String ink, @Input String black, @Input List<Integer> pages) {
                        return List.of(1, pages.size());
                    }
                }
                """);
        GeneratedFlow flow = GeneratedFlow.of(directory, List.of(book, pages), "shop.BookFlow", Engine.shared());

        Object result = flow.inputs("ink", "red", "black", "black", "pages", List.of(7, 8, 9));

        assertThat(value(result, "bound")).isEqualTo(List.of("red 1", "red 3"));
        assertThat(value(result, "cover", "count")).isEqualTo(2);
        assertThat(value(result, "inner", "printed")).isEqualTo(List.of("black 7", "black 8", "black 9"));
        assertThat(value(result, "inner", "count")).isEqualTo(3);
    }

    @Test
    void twoFlowsUseOneTaskClassWithDifferentBindingsAndWithoutChange() throws Exception {
        Source album = source("""
                @Flow
                @Include(value = ResizeTasks.class, as = "page", rebind = {"image=scan", "resized=sheet"})
                public class AlbumTasks {

                    @Provides
                    public String scan() {
                        return "scan";
                    }
                }
                """);
        List<Source> sources = List.of(GALLERY, RESIZE, album);

        Object gallery = GeneratedFlow.of(directory, sources, "shop.GalleryFlow", Engine.shared())
                .call("run", RunOptions.none(), "a.jpg", 64);
        Object page = GeneratedFlow.of(directory, sources, "shop.AlbumFlow", Engine.shared())
                .call("run", 100);

        assertThat(value(gallery, "thumbnail")).isEqualTo("photo in a.jpg at 64");
        assertThat(value(page, "sheet")).isEqualTo("scan at 100");
        assertThat(value(page, "page", "bytes")).isEqualTo(1_100);
    }

    @ParameterizedTest
    @EnumSource
    void groupsMayComeFromAnotherJar(Compiler compiler) {
        Source[] jar = Arrays.copyOfRange(NESTED, 1, NESTED.length);
        Path library = compiler.compile(
                        directory.resolve("jar"), List.of(jar), List.of(), List.of(), "-g", "-parameters", "-proc:none")
                .classes();

        Compilation compilation = compiler.compile(
                directory.resolve("main"), List.of(NESTED[0]), List.of(library), List.of(new FlowrightProcessor()));

        assertThat(compilation.success()).as(compilation.ours().toString()).isTrue();
        assertThat(compilation.generated().resolve("shop/NestedFlow.java")).exists();
    }

    /** What the accessors return, each called on the result of the one before. */
    private static Object value(Object result, String... accessors) throws ReflectiveOperationException {
        Object value = result;
        for (String accessor : accessors) {
            value = GeneratedFlow.call(value, accessor);
        }
        return value;
    }

    private static Source source(String type) {
        String imports = Stream.of(
                        "io.flowright.annotations.*",
                        "java.util.List",
                        "java.util.Map",
                        "java.util.Optional",
                        "java.util.concurrent.CompletableFuture")
                .map("import %s;\n"::formatted)
                .reduce("", String::concat);
        return Source.of("package shop;\n\n" + imports + "\n" + type);
    }
}
