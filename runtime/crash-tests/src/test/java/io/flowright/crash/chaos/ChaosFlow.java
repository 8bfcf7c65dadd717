package io.flowright.crash.chaos;

import io.flowright.crash.chaos.Place.Leaves;
import io.flowright.runtime.Engine;
import io.flowright.runtime.Run;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.RunStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The flows of the load, and what is left of each when nothing disturbs it. The id of a run begins with the flow. */
enum ChaosFlow {
    CHAINED(
            RunStatus.SUCCEEDED,
            Place.step("order", 1),
            Place.step("tax", 2, "order"),
            Place.step("stock", 2, "order"),
            Place.step("parcel", 3, "tax", "stock"),
            Place.step("receipt", 4, "parcel")) {
        @Override
        Starter on(Engine engine, World world) {
            ChainedFlow flow = ChainedFlow.create(new ChainedTasks(world), engine);
            return starter(id -> flow.start(RunOptions.id(id), id), ChainedFlow.Result::receipt);
        }
    },
    SPREAD(RunStatus.SUCCEEDED, spread()) {
        @Override
        Starter on(Engine engine, World world) {
            SpreadFlow flow = SpreadFlow.create(new SpreadTasks(world), engine);
            return starter(id -> flow.start(RunOptions.id(id), id), SpreadFlow.Result::book);
        }
    },
    UNDONE(
            RunStatus.COMPENSATED,
            Place.step("booking", 1),
            Place.step("payment", 2, "booking"),
            Place.step("shipment", 3, "payment").leaving(Leaves.FAILURE),
            Place.step("payment.compensation", 4, "payment").leaving(Leaves.COMPENSATION),
            Place.step("booking.compensation", 5, "booking").leaving(Leaves.COMPENSATION)) {
        @Override
        Starter on(Engine engine, World world) {
            UndoneFlow flow = UndoneFlow.create(new UndoneTasks(world), engine);
            return starter(id -> flow.start(RunOptions.id(id), id), UndoneFlow.Result::shipment);
        }
    },
    POOLED(
            RunStatus.SUCCEEDED,
            Place.step("charge", 1).leaving(Leaves.SHARED_STEP),
            Place.step("notice", 2, "charge")) {
        @Override
        Starter on(Engine engine, World world) {
            PooledFlow flow = PooledFlow.create(new PooledTasks(world), engine);
            return starter(id -> flow.start(RunOptions.id(id), new PooledId(id)), PooledFlow.Result::notice);
        }
    };

    /** Starts runs of a flow. */
    @FunctionalInterface
    interface Starter {

        /** Starts the run with this id, or joins it; what comes of it in the end is what its last step says. */
        CompletableFuture<String> start(String id);
    }

    private final RunStatus status;
    private final Map<String, Place> places = new LinkedHashMap<>();

    ChaosFlow(RunStatus status, Place... places) {
        this.status = status;
        for (Place place : places) {
            this.places.put(place.name(), place);
        }
    }

    private static Place[] spread() {
        List<String> texts = IntStream.range(0, SpreadTasks.PAGES)
                .mapToObj(i -> "text[" + i + "]")
                .toList();
        List<Place> places = new ArrayList<>(List.of(Place.step("pages", 1)));
        texts.forEach(text -> places.add(Place.step(text, 2, "pages")));
        places.add(Place.step("book", 3, texts.toArray(String[]::new)));
        return places.toArray(Place[]::new);
    }

    private static <R> Starter starter(Function<String, Run<R>> starting, Function<R, Step> last) {
        return id -> starting.apply(id)
                .future()
                .thenApply(result -> last.apply(result).text());
    }

    abstract Starter on(Engine engine, World world);

    /** The flow of a run. */
    static ChaosFlow of(String run) {
        return valueOf(run.substring(0, run.indexOf('-')).toUpperCase(Locale.ROOT));
    }

    /** The id of a run. Those of one number belong together where the flow has something for runs to share. */
    String run(String starter, int number) {
        return name().toLowerCase(Locale.ROOT) + "-" + starter + "-" + number;
    }

    /** How an undisturbed run ends. */
    RunStatus status() {
        return status;
    }

    Map<String, Place> places() {
        return places;
    }

    /** What the step of a place says in an undisturbed run. */
    String text(String place) {
        return World.text(
                place, places.get(place).takes().stream().map(this::text).toList());
    }
}
