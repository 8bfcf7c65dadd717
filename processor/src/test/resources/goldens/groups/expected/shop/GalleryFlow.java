package shop;

import io.flowright.runtime.Engine;
import io.flowright.runtime.Run;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.TaskContext;
import io.flowright.runtime.TypedFlow;
import io.flowright.runtime.generated.FlowFrame;
import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.generated.FlowRecording;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import javax.annotation.processing.Generated;

/** The flow {@code gallery}, made from {@link GalleryTasks}. */
@Generated("io.flowright.processor.FlowrightProcessor")
public final class GalleryFlow extends TypedFlow<GalleryFlow.Result> {
    private final GalleryTasks galleryTasks;
    private final ResizeTasks thumb;
    private final ResizeTasks poster;

    private GalleryFlow(GalleryTasks galleryTasks, ResizeTasks thumb, ResizeTasks poster,
            Engine engine) {
        super(Graph.GRAPH, engine);
        this.galleryTasks = galleryTasks;
        this.thumb = thumb;
        this.poster = poster;
    }

    /** Creates the flow on the process-wide engine. */
    public static GalleryFlow create(GalleryTasks galleryTasks, ResizeTasks thumb,
            ResizeTasks poster) {
        return create(galleryTasks, thumb, poster, Engine.shared());
    }

    /** Creates the flow on an engine of your own. */
    public static GalleryFlow create(GalleryTasks galleryTasks, ResizeTasks thumb,
            ResizeTasks poster, Engine engine) {
        GalleryFlow flow = new GalleryFlow(Objects.requireNonNull(galleryTasks, "galleryTasks"),
                Objects.requireNonNull(thumb, "thumb"), Objects.requireNonNull(poster, "poster"),
                Objects.requireNonNull(engine, "engine"));
        flow.register(new Recording(flow));
        return flow;
    }

    /**
     * Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}.
     * If the calling thread is interrupted, the run is cancelled: this method throws a
     * {@code CancellationException}, and the thread's interrupt flag is set again.
     */
    public Result run(String file, int thumbWidth) {
        return run(RunOptions.none(), file, thumbWidth);
    }

    /**
     * Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}.
     * If the calling thread is interrupted, the run is cancelled: this method throws a
     * {@code CancellationException}, and the thread's interrupt flag is set again.
     */
    public Result run(RunOptions options, String file, int thumbWidth) {
        return execute(options, new Frame(this, file, thumbWidth));
    }

    /** Starts the flow and promises its result. */
    public CompletableFuture<Result> runAsync(String file, int thumbWidth) {
        return runAsync(RunOptions.none(), file, thumbWidth);
    }

    /** Starts the flow and promises its result. */
    public CompletableFuture<Result> runAsync(RunOptions options, String file, int thumbWidth) {
        return executeAsync(options, new Frame(this, file, thumbWidth));
    }

    /** Starts the flow and returns its run. */
    public Run<Result> start(String file, int thumbWidth) {
        return start(RunOptions.none(), file, thumbWidth);
    }

    /** Starts the flow and returns its run. */
    public Run<Result> start(RunOptions options, String file, int thumbWidth) {
        return launch(options, new Frame(this, file, thumbWidth));
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

        /** What {@link GalleryTasks#photo} returned. */
        public String photo() {
            frame.requireWanted(0);
            return frame.photo;
        }

        /** What {@link GalleryTasks#posterWidth} returned. */
        public int posterWidth() {
            frame.requireWanted(1);
            return frame.posterWidth;
        }

        /** What the group {@code thumb} has made. */
        public ThumbResult thumb() {
            return new ThumbResult(frame);
        }

        /** What {@link ResizeTasks#resized} returned. */
        public String thumbnail() {
            frame.requireWanted(4);
            return frame.thumbnail;
        }

        /** What the group {@code poster} has made. */
        public PosterResult poster() {
            return new PosterResult(frame);
        }

        /** Names the flow and its keys; values may be secrets. */
        @Override
        public String toString() {
            return "Result of flow 'gallery' [photo, posterWidth, thumb.columns, thumb.rows, thumb.scaled, thumbnail, thumb.sharpen.sharp, poster.columns, poster.rows, poster.scaled, poster.resized, poster.sharpen.sharp]";
        }
    }

    /** What the group {@code thumb} has made in a run of the flow. */
    public static final class ThumbResult {
        private final Frame frame;

        private ThumbResult(Frame frame) {
            this.frame = frame;
        }

        /** {@code columns} of what {@link ResizeTasks#size} returned. */
        public int columns() {
            frame.requireWanted(2);
            return frame.thumbColumns;
        }

        /** {@code rows} of what {@link ResizeTasks#size} returned. */
        public int rows() {
            frame.requireWanted(2);
            return frame.thumbRows;
        }

        /** What {@link ResizeTasks#scaled} returned. */
        public String scaled() {
            frame.requireWanted(3);
            return frame.thumbScaled;
        }

        /** What the group {@code thumb.sharpen} has made. */
        public ThumbSharpenResult sharpen() {
            return new ThumbSharpenResult(frame);
        }

        /** Names the group and its keys; values may be secrets. */
        @Override
        public String toString() {
            return "Result of group 'thumb' of flow 'gallery' [columns, rows, scaled, sharpen.sharp]";
        }
    }

    /** What the group {@code thumb.sharpen} has made in a run of the flow. */
    public static final class ThumbSharpenResult {
        private final Frame frame;

        private ThumbSharpenResult(Frame frame) {
            this.frame = frame;
        }

        /** What {@link SharpenTasks#sharp} returned. */
        public String sharp() {
            frame.requireWanted(5);
            return frame.thumbSharpenSharp;
        }

        /** Names the group and its keys; values may be secrets. */
        @Override
        public String toString() {
            return "Result of group 'thumb.sharpen' of flow 'gallery' [sharp]";
        }
    }

    /** What the group {@code poster} has made in a run of the flow. */
    public static final class PosterResult {
        private final Frame frame;

        private PosterResult(Frame frame) {
            this.frame = frame;
        }

        /** {@code columns} of what {@link ResizeTasks#size} returned. */
        public int columns() {
            frame.requireWanted(6);
            return frame.posterColumns;
        }

        /** {@code rows} of what {@link ResizeTasks#size} returned. */
        public int rows() {
            frame.requireWanted(6);
            return frame.posterRows;
        }

        /** What {@link ResizeTasks#scaled} returned. */
        public String scaled() {
            frame.requireWanted(7);
            return frame.posterScaled;
        }

        /** What {@link ResizeTasks#resized} returned. */
        public String resized() {
            frame.requireWanted(8);
            return frame.posterResized;
        }

        /** What the group {@code poster.sharpen} has made. */
        public PosterSharpenResult sharpen() {
            return new PosterSharpenResult(frame);
        }

        /** Names the group and its keys; values may be secrets. */
        @Override
        public String toString() {
            return "Result of group 'poster' of flow 'gallery' [columns, rows, scaled, resized, sharpen.sharp]";
        }
    }

    /** What the group {@code poster.sharpen} has made in a run of the flow. */
    public static final class PosterSharpenResult {
        private final Frame frame;

        private PosterSharpenResult(Frame frame) {
            this.frame = frame;
        }

        /** What {@link SharpenTasks#sharp} returned. */
        public String sharp() {
            frame.requireWanted(9);
            return frame.posterSharpenSharp;
        }

        /** Names the group and its keys; values may be secrets. */
        @Override
        public String toString() {
            return "Result of group 'poster.sharpen' of flow 'gallery' [sharp]";
        }
    }

    /** The inputs of a run, by name. For use by one thread, once. */
    public static final class Inputs {
        private final GalleryFlow flow;
        private String file;
        private Integer thumbWidth;

        private Inputs(GalleryFlow flow) {
            this.flow = flow;
        }

        /** Sets {@code file}. */
        public Inputs file(String file) {
            this.file = file;
            return this;
        }

        /** Sets {@code thumbWidth}. */
        public Inputs thumbWidth(int thumbWidth) {
            this.thumbWidth = thumbWidth;
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
            if (file == null) {
                missing.add("file");
            }
            if (thumbWidth == null) {
                missing.add("thumbWidth");
            }
            if (!missing.isEmpty()) {
                throw new IllegalStateException("Flow 'gallery' has no value for the inputs: "
                        + String.join(", ", missing));
            }
            return new Frame(flow, file, thumbWidth);
        }
    }

    /** The names of the keys. */
    public static final class Keys {
        /** From {@link GalleryTasks#photo}. */
        public static final String PHOTO = "photo";

        /** From {@link GalleryTasks#posterWidth}. */
        public static final String POSTER_WIDTH = "posterWidth";

        /** From {@link ResizeTasks#size}. */
        public static final String THUMB_COLUMNS = "thumb.columns";

        /** From {@link ResizeTasks#size}. */
        public static final String THUMB_ROWS = "thumb.rows";

        /** From {@link ResizeTasks#scaled}. */
        public static final String THUMB_SCALED = "thumb.scaled";

        /** From {@link ResizeTasks#resized}. */
        public static final String THUMBNAIL = "thumbnail";

        /** From {@link SharpenTasks#sharp}. */
        public static final String THUMB_SHARPEN_SHARP = "thumb.sharpen.sharp";

        /** From {@link ResizeTasks#size}. */
        public static final String POSTER_COLUMNS = "poster.columns";

        /** From {@link ResizeTasks#size}. */
        public static final String POSTER_ROWS = "poster.rows";

        /** From {@link ResizeTasks#scaled}. */
        public static final String POSTER_SCALED = "poster.scaled";

        /** From {@link ResizeTasks#resized}. */
        public static final String POSTER_RESIZED = "poster.resized";

        /** From {@link SharpenTasks#sharp}. */
        public static final String POSTER_SHARPEN_SHARP = "poster.sharpen.sharp";

        private Keys() {}
    }

    /** The names of the tasks. */
    public static final class Tasks {
        /** {@link GalleryTasks#photo}. */
        public static final String PHOTO = "photo";

        /** {@link GalleryTasks#posterWidth}. */
        public static final String POSTER_WIDTH = "posterWidth";

        /** {@link ResizeTasks#size}. */
        public static final String THUMB_SIZE = "thumb.size";

        /** {@link ResizeTasks#scaled}. */
        public static final String THUMB_SCALED = "thumb.scaled";

        /** {@link ResizeTasks#resized}. */
        public static final String THUMB_RESIZED = "thumb.resized";

        /** {@link SharpenTasks#sharp}. */
        public static final String THUMB_SHARPEN_SHARP = "thumb.sharpen.sharp";

        /** {@link ResizeTasks#size}. */
        public static final String POSTER_SIZE = "poster.size";

        /** {@link ResizeTasks#scaled}. */
        public static final String POSTER_SCALED = "poster.scaled";

        /** {@link ResizeTasks#resized}. */
        public static final String POSTER_RESIZED = "poster.resized";

        /** {@link SharpenTasks#sharp}. */
        public static final String POSTER_SHARPEN_SHARP = "poster.sharpen.sharp";

        private Tasks() {}
    }

    /** The values of one run, and the calls of its tasks. */
    private static final class Frame extends FlowFrame<Result> {
        private final GalleryTasks galleryTasks;
        private final ResizeTasks thumb;
        private final ResizeTasks poster;
        private final String file;
        private final int thumbWidth;
        private String photo;
        private int posterWidth;
        private int thumbColumns;
        private int thumbRows;
        private String thumbScaled;
        private String thumbnail;
        private String thumbSharpenSharp;
        private int posterColumns;
        private int posterRows;
        private String posterScaled;
        private String posterResized;
        private String posterSharpenSharp;

        Frame(GalleryFlow flow, String file, int thumbWidth) {
            this.galleryTasks = flow.galleryTasks;
            this.thumb = flow.thumb;
            this.poster = flow.poster;
            this.file = input(file, "file");
            this.thumbWidth = thumbWidth;
        }

        @Override
        public void run(int task) throws Throwable {
            switch (task) {
                case 0 -> photo();
                case 1 -> posterWidth();
                case 2 -> thumbSize();
                case 4 -> thumbResized();
                case 5 -> thumbSharpenSharp();
                case 6 -> posterSize();
                case 8 -> posterResized();
                case 9 -> posterSharpenSharp();
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public Object call(int task, TaskContext context) throws Throwable {
            return switch (task) {
                case 3 -> thumbScaled(context);
                case 7 -> posterScaled(context);
                default -> throw noSuchTask(task);
            };
        }

        @Override
        public void put(int task, Object value) {
            switch (task) {
                case 3 -> thumbScaled = (String) value;
                case 7 -> posterScaled = (String) value;
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public Object[] idempotencyKey(int task) {
            return switch (task) {
                case 3 -> new Object[] {photo};
                case 7 -> new Object[] {photo};
                default -> throw noSuchTask(task);
            };
        }

        @Override
        public Object[] values(int task) {
            return switch (task) {
                case 0 -> new Object[] {photo};
                case 1 -> new Object[] {posterWidth};
                case 2 -> new Object[] {thumbColumns, thumbRows};
                case 3 -> new Object[] {thumbScaled};
                case 4 -> new Object[] {thumbnail};
                case 5 -> new Object[] {thumbSharpenSharp};
                case 6 -> new Object[] {posterColumns, posterRows};
                case 7 -> new Object[] {posterScaled};
                case 8 -> new Object[] {posterResized};
                case 9 -> new Object[] {posterSharpenSharp};
                default -> throw noSuchTask(task);
            };
        }

        @Override
        public void restore(int task, Object[] values) {
            switch (task) {
                case 0 -> photo = (String) values[0];
                case 1 -> posterWidth = (int) values[0];
                case 2 -> {
                    thumbColumns = (int) values[0];
                    thumbRows = (int) values[1];
                }
                case 3 -> thumbScaled = (String) values[0];
                case 4 -> thumbnail = (String) values[0];
                case 5 -> thumbSharpenSharp = (String) values[0];
                case 6 -> {
                    posterColumns = (int) values[0];
                    posterRows = (int) values[1];
                }
                case 7 -> posterScaled = (String) values[0];
                case 8 -> posterResized = (String) values[0];
                case 9 -> posterSharpenSharp = (String) values[0];
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public Object[] inputs() {
            return new Object[] {file, thumbWidth};
        }

        @Override
        public Result result() {
            return new Result(this);
        }

        /** {@link GalleryTasks#photo}. */
        private void photo() {
            photo = provided(galleryTasks.photo(file), Keys.PHOTO);
        }

        /** {@link GalleryTasks#posterWidth}. */
        private void posterWidth() {
            posterWidth = galleryTasks.posterWidth();
        }

        /** {@link ResizeTasks#size}. */
        private void thumbSize() {
            ResizeTasks.Size value = provided(thumb.size(thumbWidth), Keys.THUMB_COLUMNS);
            thumbColumns = value.columns();
            thumbRows = value.rows();
        }

        /** {@link ResizeTasks#scaled}. */
        private String thumbScaled(TaskContext context) {
            return thumb.scaled(photo, thumbRows);
        }

        /** {@link ResizeTasks#resized}. */
        private void thumbResized() {
            thumbnail = provided(thumb.resized(thumbResizedImages()), Keys.THUMBNAIL);
        }

        /** What {@link ResizeTasks#resized} takes as {@code images}. */
        private Map<String, String> thumbResizedImages() {
            Map<String, String> values = new LinkedHashMap<>();
            values.put("scaled", thumbScaled);
            values.put("image", photo);
            return Collections.unmodifiableMap(values);
        }

        /** {@link SharpenTasks#sharp}. */
        private void thumbSharpenSharp() {
            thumbSharpenSharp = provided(SharpenTasks.sharp(thumbScaled), Keys.THUMB_SHARPEN_SHARP);
        }

        /** {@link ResizeTasks#size}. */
        private void posterSize() {
            ResizeTasks.Size value = provided(poster.size(posterWidth), Keys.POSTER_COLUMNS);
            posterColumns = value.columns();
            posterRows = value.rows();
        }

        /** {@link ResizeTasks#scaled}. */
        private String posterScaled(TaskContext context) {
            return poster.scaled(photo, posterRows);
        }

        /** {@link ResizeTasks#resized}. */
        private void posterResized() {
            posterResized = provided(poster.resized(posterResizedImages()), Keys.POSTER_RESIZED);
        }

        /** What {@link ResizeTasks#resized} takes as {@code images}. */
        private Map<String, String> posterResizedImages() {
            Map<String, String> values = new LinkedHashMap<>();
            values.put("scaled", posterScaled);
            values.put("image", photo);
            return Collections.unmodifiableMap(values);
        }

        /** {@link SharpenTasks#sharp}. */
        private void posterSharpenSharp() {
            posterSharpenSharp = provided(SharpenTasks.sharp(posterScaled), Keys.POSTER_SHARPEN_SHARP);
        }
    }

    /** What an engine with a store knows of the flow. */
    private static final class Recording extends FlowRecording<Result> {
        private final GalleryFlow flow;

        Recording(GalleryFlow flow) {
            this.flow = flow;
        }

        @Override
        public Type[] inputs() {
            return types(String.class, int.class);
        }

        @Override
        public Type[] results(int task) {
            return switch (task) {
                case 0, 3, 4, 5, 7, 8, 9 -> types(String.class);
                case 1 -> types(int.class);
                case 2, 6 -> types(int.class, int.class);
                default -> nothing();
            };
        }

        @Override
        public Frame frame(Object[] inputs) {
            return new Frame(flow, (String) inputs[0], (int) inputs[1]);
        }
    }

    /** What the engine knows of the flow. */
    private static final class Graph {
        static final FlowGraph GRAPH = graph();

        private static FlowGraph graph() {
            FlowGraph.Builder graph = FlowGraph.builder("gallery", "");
            graph.fingerprint("40f958e2a8f8f5cede51076a5c7a9fe1");
            graph.input("file", "String");
            graph.input("thumbWidth", "int");
            graph.task(Tasks.PHOTO, "GalleryTasks.photo").requires("file").provides(Keys.PHOTO);
            graph.task(Tasks.POSTER_WIDTH, "GalleryTasks.posterWidth").provides(Keys.POSTER_WIDTH);
            graph.task(Tasks.THUMB_SIZE, "ResizeTasks.size")
                    .requires("thumbWidth", "file")
                    .provides(Keys.THUMB_COLUMNS, Keys.THUMB_ROWS)
                    .group("thumb");
            graph.task(Tasks.THUMB_SCALED, "ResizeTasks.scaled")
                    .requires(Keys.PHOTO, Keys.THUMB_ROWS)
                    .provides(Keys.THUMB_SCALED)
                    .group("thumb")
                    .managed()
                    .idempotent(Duration.ofDays(7));
            graph.task(Tasks.THUMB_RESIZED, "ResizeTasks.resized")
                    .requires(Keys.THUMB_SCALED, Keys.PHOTO)
                    .provides(Keys.THUMBNAIL)
                    .group("thumb");
            graph.task(Tasks.THUMB_SHARPEN_SHARP, "SharpenTasks.sharp")
                    .requires(Keys.THUMB_SCALED)
                    .provides(Keys.THUMB_SHARPEN_SHARP)
                    .group("thumb.sharpen");
            graph.task(Tasks.POSTER_SIZE, "ResizeTasks.size")
                    .requires(Keys.POSTER_WIDTH, "file")
                    .provides(Keys.POSTER_COLUMNS, Keys.POSTER_ROWS)
                    .group("poster");
            graph.task(Tasks.POSTER_SCALED, "ResizeTasks.scaled")
                    .requires(Keys.PHOTO, Keys.POSTER_ROWS)
                    .provides(Keys.POSTER_SCALED)
                    .group("poster")
                    .managed()
                    .idempotent(Duration.ofDays(7));
            graph.task(Tasks.POSTER_RESIZED, "ResizeTasks.resized")
                    .requires(Keys.POSTER_SCALED, Keys.PHOTO)
                    .provides(Keys.POSTER_RESIZED)
                    .group("poster");
            graph.task(Tasks.POSTER_SHARPEN_SHARP, "SharpenTasks.sharp")
                    .requires(Keys.POSTER_SCALED)
                    .provides(Keys.POSTER_SHARPEN_SHARP)
                    .group("poster.sharpen");
            return graph.build();
        }
    }
}
