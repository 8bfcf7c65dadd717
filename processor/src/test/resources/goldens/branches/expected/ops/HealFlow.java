package ops;

import io.flowright.annotations.OnFailure;
import io.flowright.runtime.Engine;
import io.flowright.runtime.Run;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.TaskContext;
import io.flowright.runtime.TypedFlow;
import io.flowright.runtime.generated.FlowFrame;
import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.generated.FlowRecording;
import io.flowright.runtime.generated.RetrySpec;
import java.io.IOException;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.annotation.processing.Generated;

/** The flow {@code heal}, made from {@link HealTasks}. */
@Generated("io.flowright.processor.FlowrightProcessor")
public final class HealFlow extends TypedFlow<HealFlow.Result> {
    private final HealTasks healTasks;

    private HealFlow(HealTasks healTasks, Engine engine) {
        super(Graph.GRAPH, engine);
        this.healTasks = healTasks;
    }

    /** Creates the flow on the process-wide engine. */
    public static HealFlow create(HealTasks healTasks) {
        return create(healTasks, Engine.shared());
    }

    /** Creates the flow on an engine of your own. */
    public static HealFlow create(HealTasks healTasks, Engine engine) {
        HealFlow flow = new HealFlow(Objects.requireNonNull(healTasks, "healTasks"),
                Objects.requireNonNull(engine, "engine"));
        flow.register(new Recording(flow));
        return flow;
    }

    /**
     * Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}.
     * If the calling thread is interrupted, the run is cancelled: this method throws a
     * {@code CancellationException}, and the thread's interrupt flag is set again.
     */
    public Result run(String service, boolean dryRun) {
        return run(RunOptions.none(), service, dryRun);
    }

    /**
     * Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}.
     * If the calling thread is interrupted, the run is cancelled: this method throws a
     * {@code CancellationException}, and the thread's interrupt flag is set again.
     */
    public Result run(RunOptions options, String service, boolean dryRun) {
        return execute(options, new Frame(this, service, dryRun));
    }

    /** Starts the flow and promises its result. */
    public CompletableFuture<Result> runAsync(String service, boolean dryRun) {
        return runAsync(RunOptions.none(), service, dryRun);
    }

    /** Starts the flow and promises its result. */
    public CompletableFuture<Result> runAsync(RunOptions options, String service, boolean dryRun) {
        return executeAsync(options, new Frame(this, service, dryRun));
    }

    /** Starts the flow and returns its run. */
    public Run<Result> start(String service, boolean dryRun) {
        return start(RunOptions.none(), service, dryRun);
    }

    /** Starts the flow and returns its run. */
    public Run<Result> start(RunOptions options, String service, boolean dryRun) {
        return launch(options, new Frame(this, service, dryRun));
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

        /** {@code status} of what {@link HealTasks#probe} returned. */
        public int status() {
            frame.requireWanted(0);
            return frame.status;
        }

        /** {@code body} of what {@link HealTasks#probe} returned; empty where it is absent. */
        public Optional<String> body() {
            frame.requireWanted(0);
            return frame.hasBody ? Optional.of(frame.body) : Optional.empty();
        }

        /** What {@link HealTasks#restart} or {@link HealTasks#escalate} returned; empty where it is absent. */
        public Optional<String> outcome() {
            frame.requireWanted(2);
            return frame.hasOutcome ? Optional.of(frame.outcome) : Optional.empty();
        }

        /** What {@link HealTasks#ticket} returned; empty where it is absent. */
        public Optional<Integer> ticket() {
            frame.requireWanted(4);
            return frame.hasTicket ? Optional.of(frame.ticket) : Optional.empty();
        }

        /** What {@link HealTasks#owners} returned; empty where it is absent. */
        public Optional<List<String>> owners() {
            frame.requireWanted(5);
            return frame.hasOwners ? Optional.of(frame.owners) : Optional.empty();
        }

        /** What {@link HealTasks#pages} returned; empty where it is absent. */
        public Optional<Integer> pages() {
            frame.requireWanted(7);
            return frame.hasPages ? Optional.of(frame.pages) : Optional.empty();
        }

        /** Names the flow and its keys; values may be secrets. */
        @Override
        public String toString() {
            return "Result of flow 'heal' [status, body, outcome, ticket, owners, pages]";
        }
    }

    /** The inputs of a run, by name. For use by one thread, once. */
    public static final class Inputs {
        private final HealFlow flow;
        private String service;
        private Boolean dryRun;

        private Inputs(HealFlow flow) {
            this.flow = flow;
        }

        /** Sets {@code service}. */
        public Inputs service(String service) {
            this.service = service;
            return this;
        }

        /** Sets {@code dryRun}. */
        public Inputs dryRun(boolean dryRun) {
            this.dryRun = dryRun;
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
            if (service == null) {
                missing.add("service");
            }
            if (dryRun == null) {
                missing.add("dryRun");
            }
            if (!missing.isEmpty()) {
                throw new IllegalStateException("Flow 'heal' has no value for the inputs: "
                        + String.join(", ", missing));
            }
            return new Frame(flow, service, dryRun);
        }
    }

    /** The names of the keys. */
    public static final class Keys {
        /** From {@link HealTasks#probe}. */
        public static final String STATUS = "status";

        /** From {@link HealTasks#probe}. */
        public static final String BODY = "body";

        /** From {@link HealTasks#verdict}. */
        public static final String VERDICT = "verdict";

        /**
         * From {@link HealTasks#restart}.
         * From {@link HealTasks#escalate}.
         */
        public static final String OUTCOME = "outcome";

        /** From {@link HealTasks#ticket}. */
        public static final String TICKET = "ticket";

        /** From {@link HealTasks#owners}. */
        public static final String OWNERS = "owners";

        /** There once {@link HealTasks#paged} has run; carries no value. */
        public static final String PAGED = "paged";

        /** From {@link HealTasks#pages}. */
        public static final String PAGES = "pages";

        private Keys() {}
    }

    /** The names of the tasks. */
    public static final class Tasks {
        /** {@link HealTasks#probe}. */
        public static final String PROBE = "probe";

        /** {@link HealTasks#verdict}. */
        public static final String VERDICT = "verdict";

        /** {@link HealTasks#restart}. */
        public static final String RESTART = "restart";

        /** {@link HealTasks#escalate}. */
        public static final String ESCALATE = "escalate";

        /** {@link HealTasks#ticket}. */
        public static final String TICKET = "ticket";

        /** {@link HealTasks#owners}. */
        public static final String OWNERS = "owners";

        /** {@link HealTasks#paged}. */
        public static final String PAGED = "paged";

        /** {@link HealTasks#pages}. */
        public static final String PAGES = "pages";

        /** {@link HealTasks#audit}. */
        public static final String AUDIT = "audit";

        private Tasks() {}
    }

    /** The values of one run, and the calls of its tasks. */
    private static final class Frame extends FlowFrame<Result> {
        private final HealTasks healTasks;
        private final String service;
        private final boolean dryRun;
        private int status;
        private String body;
        private HealTasks.Verdict verdict;
        private String outcome;
        private Integer ticket;
        private List<String> owners;
        private int pages;
        private boolean hasBody;
        private boolean hasOutcome;
        private boolean hasTicket;
        private boolean hasOwners;
        private boolean hasPaged;
        private boolean hasPages;

        Frame(HealFlow flow, String service, boolean dryRun) {
            this.healTasks = flow.healTasks;
            this.service = input(service, "service");
            this.dryRun = dryRun;
        }

        @Override
        public boolean runs(int task) {
            return switch (task) {
                case 2 -> restartRuns();
                case 3 -> escalateRuns();
                case 4 -> ticketRuns();
                case 6 -> pagedRuns();
                case 7 -> pagesRuns();
                default -> throw noSuchTask(task);
            };
        }

        @Override
        public void run(int task) throws Throwable {
            switch (task) {
                case 0 -> probe();
                case 1 -> verdict();
                case 2 -> restart();
                case 4 -> ticket();
                case 7 -> pages();
                case 8 -> audit();
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public Object call(int task, TaskContext context) throws Throwable {
            return switch (task) {
                case 3 -> escalate(context);
                case 5 -> owners(context);
                case 6 -> {
                    paged(context);
                    yield null;
                }
                default -> throw noSuchTask(task);
            };
        }

        @Override
        public void put(int task, Object value) {
            switch (task) {
                case 3 -> {
                    outcome = (String) value;
                    hasOutcome = true;
                }
                case 5 -> putOwners(value);
                case 6 -> hasPaged = true;
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public void release(int task, int key) {
            switch (task) {
                case 1 -> verdict = null;
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public Object[] values(int task) {
            return switch (task) {
                case 0 -> new Object[] {status, hasBody ? body : ABSENT};
                case 1 -> new Object[] {verdict};
                case 2 -> new Object[] {outcome};
                case 3 -> new Object[] {outcome};
                case 4 -> new Object[] {hasTicket ? ticket : ABSENT};
                case 5 -> new Object[] {hasOwners ? owners : ABSENT};
                case 6, 8 -> new Object[0];
                case 7 -> new Object[] {pages};
                default -> throw noSuchTask(task);
            };
        }

        @Override
        public void restore(int task, Object[] values) {
            switch (task) {
                case 0 -> {
                    status = (int) values[0];
                    hasBody = values[1] != ABSENT;
                    body = hasBody ? (String) values[1] : null;
                }
                case 1 -> verdict = (HealTasks.Verdict) values[0];
                case 2 -> {
                    outcome = (String) values[0];
                    hasOutcome = true;
                }
                case 3 -> {
                    outcome = (String) values[0];
                    hasOutcome = true;
                }
                case 4 -> {
                    hasTicket = values[0] != ABSENT;
                    ticket = hasTicket ? (Integer) values[0] : null;
                }
                case 5 -> {
                    hasOwners = values[0] != ABSENT;
                    owners = hasOwners ? unchecked(values[0]) : null;
                }
                case 6 -> hasPaged = true;
                case 7 -> {
                    pages = (int) values[0];
                    hasPages = true;
                }
                case 8 -> {}
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public Object[] inputs() {
            return new Object[] {service, dryRun};
        }

        @Override
        public Result result() {
            return new Result(this);
        }

        /** {@link HealTasks#probe}. */
        private void probe() {
            HealTasks.Probe value = provided(healTasks.probe(service), Keys.STATUS);
            status = value.status();
            {
                Optional<String> optional = provided(value.body(), Keys.BODY);
                body = optional.orElse(null);
                hasBody = optional.isPresent();
            }
        }

        /** {@link HealTasks#verdict}. */
        private void verdict() {
            verdict = provided(healTasks.verdict(status,
                    FlowFrame.<String>optional(hasBody, body)), Keys.VERDICT);
        }

        /** {@link HealTasks#restart}. */
        private void restart() {
            outcome = provided(healTasks.restart(body), Keys.OUTCOME);
            hasOutcome = true;
        }

        /** Whether {@link HealTasks#restart} is not skipped. */
        private boolean restartRuns() {
            return hasBody
                    && switch (verdict) {
                        case RESTART -> true;
                        case FINE, ESCALATE -> false;
                        default -> throw uncovered(Keys.VERDICT, verdict);
                    };
        }

        /** {@link HealTasks#escalate}. */
        private String escalate(TaskContext context) throws IOException {
            return healTasks.escalate(dryRun);
        }

        /** Whether {@link HealTasks#escalate} is not skipped. */
        private boolean escalateRuns() {
            return switch (verdict) {
                        case ESCALATE -> true;
                        case FINE, RESTART -> false;
                        default -> throw uncovered(Keys.VERDICT, verdict);
                    }
                    && !dryRun;
        }

        /** {@link HealTasks#ticket}. */
        private void ticket() {
            Optional<Integer> optional = provided(healTasks.ticket(outcome), Keys.TICKET);
            ticket = optional.orElse(null);
            hasTicket = optional.isPresent();
        }

        /** Whether {@link HealTasks#ticket} is not skipped. */
        private boolean ticketRuns() {
            return hasOutcome;
        }

        /** {@link HealTasks#owners}. */
        private CompletionStage<?> owners(TaskContext context) {
            return healTasks.owners(service);
        }

        /** Keeps the result of {@link HealTasks#owners}. */
        @SuppressWarnings("unchecked")
        private void putOwners(Object value) {
            Optional<List<String>> optional = (Optional<List<String>>) value;
            owners = optional.orElse(null);
            hasOwners = optional.isPresent();
        }

        /** {@link HealTasks#paged}. */
        private void paged(TaskContext context) {
            healTasks.paged();
        }

        /** Whether {@link HealTasks#paged} is not skipped. */
        private boolean pagedRuns() {
            return switch (verdict) {
                        case FINE -> false;
                        case RESTART, ESCALATE -> true;
                        default -> throw uncovered(Keys.VERDICT, verdict);
                    };
        }

        /** {@link HealTasks#pages}. */
        private void pages() {
            pages = healTasks.pages(pagesTexts());
            hasPages = true;
        }

        /** Whether {@link HealTasks#pages} is not skipped. */
        private boolean pagesRuns() {
            return hasPaged;
        }

        /** What {@link HealTasks#pages} takes as {@code texts}. */
        private Map<String, Optional<String>> pagesTexts() {
            Map<String, Optional<String>> values = new LinkedHashMap<>();
            values.put("outcome", FlowFrame.<String>optional(hasOutcome, outcome));
            values.put("body", FlowFrame.<String>optional(hasBody, body));
            return Collections.unmodifiableMap(values);
        }

        /** {@link HealTasks#audit}. */
        private void audit() {
            healTasks.audit(List.of(FlowFrame.<String>optional(hasOutcome, outcome),
                    FlowFrame.<String>optional(hasBody, body)),
                    FlowFrame.<List<String>>optional(hasOwners, owners),
                    FlowFrame.<Integer>optional(hasTicket, ticket),
                    FlowFrame.<Object>optional(hasPages, pages));
        }
    }

    /** What an engine with a store knows of the flow. */
    private static final class Recording extends FlowRecording<Result> {
        private final HealFlow flow;

        Recording(HealFlow flow) {
            this.flow = flow;
        }

        @Override
        public Type[] inputs() {
            return types(String.class, boolean.class);
        }

        @Override
        public Type[] results(int task) {
            return switch (task) {
                case 0 -> types(int.class, String.class);
                case 1 -> types(HealTasks.Verdict.class);
                case 2, 3 -> types(String.class);
                case 4 -> types(Integer.class);
                case 5 -> types(generic(List.class, String.class));
                case 7 -> types(int.class);
                default -> nothing();
            };
        }

        @Override
        public Frame frame(Object[] inputs) {
            return new Frame(flow, (String) inputs[0], (boolean) inputs[1]);
        }
    }

    /** What the engine knows of the flow. */
    private static final class Graph {
        static final FlowGraph GRAPH = graph();

        private static FlowGraph graph() {
            FlowGraph.Builder graph = FlowGraph.builder("heal", "");
            graph.fingerprint("de45fd17b1e962ff0468b0144a648b15");
            graph.onFailure(OnFailure.CONTINUE);
            graph.input("service", "String");
            graph.input("dryRun", "boolean");
            graph.task(Tasks.PROBE, "HealTasks.probe").requires("service").provides(Keys.STATUS, Keys.BODY);
            graph.task(Tasks.VERDICT, "HealTasks.verdict")
                    .requires(Keys.STATUS, Keys.BODY)
                    .provides(Keys.VERDICT)
                    .released(Keys.VERDICT);
            graph.task(Tasks.RESTART, "HealTasks.restart")
                    .requires(Keys.BODY, Keys.VERDICT)
                    .provides(Keys.OUTCOME)
                    .guard(Keys.VERDICT, "RESTART")
                    .conditional();
            graph.task(Tasks.ESCALATE, "HealTasks.escalate")
                    .requires("dryRun", Keys.VERDICT)
                    .provides(Keys.OUTCOME)
                    .guard(Keys.VERDICT, "ESCALATE")
                    .guard("dryRun", "false")
                    .conditional()
                    .managed()
                    .retry(RetrySpec.attempts(3).delay(Duration.ofSeconds(1)));
            graph.task(Tasks.TICKET, "HealTasks.ticket")
                    .requires(Keys.OUTCOME)
                    .provides(Keys.TICKET)
                    .conditional();
            graph.task(Tasks.OWNERS, "HealTasks.owners").requires("service").provides(Keys.OWNERS).stage();
            graph.task(Tasks.PAGED, "HealTasks.paged")
                    .requires(Keys.VERDICT)
                    .provides(Keys.PAGED)
                    .guard(Keys.VERDICT, "not FINE")
                    .conditional()
                    .optional()
                    .managed()
                    .nullable();
            graph.task(Tasks.PAGES, "HealTasks.pages")
                    .requires(Keys.OUTCOME, Keys.BODY, Keys.PAGED)
                    .provides(Keys.PAGES)
                    .conditional();
            graph.task(Tasks.AUDIT, "HealTasks.audit")
                    .requires(Keys.OUTCOME, Keys.BODY, Keys.OWNERS, Keys.TICKET, Keys.PAGES)
                    .nullable();
            return graph.build();
        }
    }
}
