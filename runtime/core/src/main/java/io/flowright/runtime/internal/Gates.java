package io.flowright.runtime.internal;

import io.flowright.runtime.CircuitOpenException;
import io.flowright.runtime.TaskRejectedException;
import io.flowright.runtime.TaskStatus;
import io.flowright.runtime.generated.BulkheadSpec;
import io.flowright.runtime.generated.CircuitBreakerSpec;
import io.flowright.runtime.generated.RateLimitSpec;
import io.flowright.runtime.generated.TaskSpec;
import io.flowright.runtime.spi.FlowClock;
import io.flowright.runtime.spi.IdempotencyStore;
import io.flowright.runtime.spi.KeyWrite;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands before each attempt of a managed task, from the outside in: its idempotency key, the pause of a retry, the rate
 * limiter, the bulkhead, the circuit breaker. No gate holds a thread: a task that has to wait leaves a {@link Wait} behind and
 * comes back through the ready tasks.
 *
 * <p>At any time either one worker holds the task or one wait does, so the fields need no lock: the hand-over through the
 * ready tasks and the wait orders their accesses.
 */
final class Gates {

    private static final Logger log = LoggerFactory.getLogger(Gates.class);

    /** What came of trying to pass. */
    enum Passage {
        /** The attempt may begin. */
        OPEN,
        /** The task waits; whoever ends the wait gives it back. */
        WAITING,
        /** The stored result of an earlier execution was taken; nothing is to run. */
        TAKEN,
        /** The attempt has ended before it began: {@link #refusal}. */
        REFUSED
    }

    private enum Gate {
        KEY,
        PAUSE,
        RATE,
        TURN,
        ROOM,
        BREAKER;

        private static final Gate[] GATES = values();

        @SuppressWarnings("EnumOrdinal") // The order of the gates is what this enum is for.
        Gate next() {
            return GATES[ordinal() + 1];
        }
    }

    private final FlowRun<?> run;
    private final ManagedTask task;
    private final TaskSpec spec;
    private final FlowClock clock;

    private Gate gate = Gate.KEY;
    private @Nullable Throwable refusal;

    /** What holds the task while no worker does; read by a stop of the run. */
    private volatile @Nullable Wait wait;

    private boolean paused;

    /** The clock's reading before which the pause or the turn is not over. */
    private long notBefore;

    private boolean hasRoom;
    private boolean roomRefused;
    private boolean insideBreaker;
    private IdempotencyStore.@Nullable Key key;
    private boolean ownsKey;
    private long generation;

    Gates(FlowRun<?> run, ManagedTask task, TaskSpec spec) {
        this.run = run;
        this.task = task;
        this.spec = spec;
        clock = run.core.clock();
    }

    /** Goes as far as it can. */
    Passage pass() {
        while (true) {
            Passage passage = switch (gate) {
                case KEY -> passKey();
                case PAUSE -> passPause();
                case RATE -> passRate();
                case TURN -> passTurn();
                case ROOM -> passRoom();
                case BREAKER -> passBreaker();
            };
            if (passage != Passage.OPEN || gate == Gate.BREAKER) {
                return passage;
            }
            gate = gate.next();
        }
    }

    /** Why the attempt ended before it began. */
    Throwable refusal() {
        return Objects.requireNonNull(refusal);
    }

    /** The next attempt begins at the first gate, after this pause. */
    void pause(Duration length) {
        notBefore = clock.nanos() + length.toNanos();
        paused = true;
        gate = Gate.KEY;
    }

    /** Another execution of the task, if there is one, begins at the first gate without a pause. */
    void reset() {
        paused = false;
        gate = Gate.KEY;
    }

    // ---- idempotency key -------------------------------------------------------------------------------------------

    private Passage passKey() {
        if (spec.remember() == null || ownsKey) {
            return Passage.OPEN;
        }
        IdempotencyStore.Key wanted = key();
        while (true) {
            Wait freed = new Wait();
            IdempotencyStore.Claim claim = run.keys().claim(wanted, freed::end);
            if (claim instanceof IdempotencyStore.Claim.Owned owned) {
                ownsKey = true;
                generation = owned.generation();
                return Passage.OPEN;
            }
            if (claim instanceof IdempotencyStore.Claim.Completed completed) {
                take(completed.value());
                return Passage.TAKEN;
            }
            if (begin(freed, TaskStatus.WAITING)) {
                return Passage.WAITING;
            }
        }
    }

    private IdempotencyStore.Key key() {
        IdempotencyStore.Key known = key;
        if (known == null) {
            known = new IdempotencyStore.Key(
                    run.graph.name(),
                    spec.name(),
                    IdempotencyKeys.render(run.graph.name(), spec.name(), task.execution.idempotencyKey()));
            key = known;
        }
        return known;
    }

    private void take(@Nullable Object value) {
        try {
            if (value instanceof StoredKeys.Result recorded) {
                task.execution.restore(recorded.bytes());
                return;
            }
            task.execution.keep(value);
        } catch (ClassCastException e) {
            throw new IllegalStateException(
                    "The remembered result of task '" + spec.name() + "' no longer fits its type", e);
        }
    }

    /** The execution succeeded: its result is remembered. */
    void remember(@Nullable Object value) {
        if (ownsKey && !(run.keys() instanceof StoredKeys)) {
            run.keys().complete(Objects.requireNonNull(key), value, Objects.requireNonNull(spec.remember()));
            ownsKey = false;
        }
    }

    /** As {@link #remember}, for keys in the engine's store: what goes into the commit of the task's own record; null: nothing. */
    @Nullable
    KeyWrite completion(byte @Nullable [] result) {
        if (!ownsKey || !(run.keys() instanceof StoredKeys keys)) {
            return null;
        }
        ownsKey = false;
        return keys.completion(Objects.requireNonNull(key), result, Objects.requireNonNull(spec.remember()));
    }

    /** The execution did not succeed: another may have the key. */
    void freeKey() {
        if (ownsKey) {
            ownsKey = false;
            try {
                run.keys().giveUp(Objects.requireNonNull(key));
            } catch (Throwable t) {
                // How the execution ended is decided; this does not change it.
                log.error("The idempotency store did not take back {}", key, t);
            }
        }
    }

    /** What the execution did has been undone: nobody takes its result any more, and the next has another generation. */
    void revokeKey() {
        if (key != null || (spec.remember() != null && run.keys() instanceof StoredKeys)) {
            run.keys().revoke(key());
        }
    }

    String idempotencyKey() {
        return key != null
                ? IdempotencyKeys.keyFor(key, generation)
                : IdempotencyKeys.keyFor(run.id(), spec.name(), elementPath(), generation);
    }

    private String elementPath() {
        int element = task.execution.element();
        return element == Place.NO_ELEMENT ? "" : Integer.toString(element);
    }

    // ---- pause and rate --------------------------------------------------------------------------------------------

    private Passage passPause() {
        if (paused && !reached(TaskStatus.RETRYING)) {
            return Passage.WAITING;
        }
        paused = false;
        task.beginAttempt();
        return Passage.OPEN;
    }

    private Passage passRate() {
        RateLimitSpec limit = spec.rateLimit();
        if (limit == null) {
            return Passage.OPEN;
        }
        Duration turn = run.core.policies().limiter(limit).reserve(limit.maxWait());
        if (turn == null) {
            return refuse(new TaskRejectedException(spec.name(), limit.name(), limit.maxWait()));
        }
        notBefore = clock.nanos() + turn.toNanos();
        return Passage.OPEN;
    }

    private Passage passTurn() {
        return spec.rateLimit() == null || reached(TaskStatus.WAITING) ? Passage.OPEN : Passage.WAITING;
    }

    private boolean reached(TaskStatus waitingAs) {
        while (true) {
            long left = notBefore - clock.nanos();
            if (left <= 0) {
                return true;
            }
            Wait pause = new Wait();
            pause.timer = run.core.schedule(Duration.ofNanos(left), pause::end);
            if (begin(pause, waitingAs)) {
                return false;
            }
        }
    }

    // ---- bulkhead --------------------------------------------------------------------------------------------------

    private Passage passRoom() {
        BulkheadSpec bulkhead = spec.bulkhead();
        if (bulkhead == null) {
            return Passage.OPEN;
        }
        while (!hasRoom) {
            if (roomRefused) {
                roomRefused = false;
                return refuse(new TaskRejectedException(spec.name(), bulkhead.name(), bulkhead.maxWait()));
            }
            Waitroom room = run.core.policies().bulkhead(bulkhead);
            if (room.tryAcquire()) {
                hasRoom = true;
            } else if (bulkhead.maxWait().isZero()) {
                roomRefused = true;
            } else if (queued(room, bulkhead.maxWait())) {
                return Passage.WAITING;
            }
        }
        return Passage.OPEN;
    }

    private boolean queued(Waitroom room, Duration maxWait) {
        Wait turn = new Wait();
        Waitroom.Ticket ticket = room.enter(turn::grant);
        turn.ticket = ticket;
        FlowClock.Scheduled end;
        try {
            end = run.core.schedule(maxWait, turn::expire);
        } catch (Throwable t) {
            if (!ticket.leave()) {
                room.release();
            }
            throw t;
        }
        turn.timer = end;
        if (begin(turn, TaskStatus.WAITING)) {
            return true;
        }
        end.cancel();
        return false;
    }

    /** The attempt is over, or did not begin. */
    void leaveRoom() {
        if (hasRoom) {
            hasRoom = false;
            run.core
                    .policies()
                    .bulkhead(Objects.requireNonNull(spec.bulkhead()))
                    .release();
        }
    }

    // ---- circuit breaker -------------------------------------------------------------------------------------------

    private Passage passBreaker() {
        CircuitBreakerSpec breaker = spec.breaker();
        if (breaker == null) {
            return Passage.OPEN;
        }
        Breaker gate = run.core.policies().breaker(breaker);
        if (!gate.tryAcquire()) {
            return refuse(new CircuitOpenException(spec.name(), breaker.name(), gate.remainingDelay()));
        }
        insideBreaker = true;
        return Passage.OPEN;
    }

    /** The breaker counts how the attempt ended; null: well. */
    void tellBreaker(@Nullable Throwable failure) {
        if (insideBreaker) {
            insideBreaker = false;
            Breaker gate = run.core.policies().breaker(Objects.requireNonNull(spec.breaker()));
            if (failure == null) {
                gate.succeeded();
            } else {
                gate.failed(failure);
            }
        }
    }

    private void leaveBreaker() {
        if (insideBreaker) {
            insideBreaker = false;
            run.core.policies().breaker(Objects.requireNonNull(spec.breaker())).released();
        }
    }

    // ---- refusing, waiting, stopping -------------------------------------------------------------------------------

    private Passage refuse(Throwable reason) {
        leaveRoom();
        refusal = reason;
        return Passage.REFUSED;
    }

    /** The run stops before or during an attempt, which is no end of it: nothing is held over the stop, nothing counts. */
    void retreat() {
        leaveBreaker();
        leaveRoom();
        roomRefused = false;
        freeKey();
        if (gate.compareTo(Gate.PAUSE) > 0) {
            task.withdrawAttempt();
        }
        gate = Gate.KEY;
    }

    /** The run stops: a wait ends at once. */
    void stopWaiting() {
        Wait waiting = wait;
        if (waiting != null) {
            waiting.stop();
        }
    }

    /** Leaves the task to a wait; returns false if that is over already. */
    private boolean begin(Wait begun, TaskStatus as) {
        run.crew().park();
        task.execution.note(as);
        wait = begun;
        if (!begun.hold()) {
            wait = null;
            begun.apply();
            run.crew().unpark();
            return false;
        }
        if (task.execution.halt() != Crew.Halt.GO) {
            // The stop may have looked before the wait was to be seen.
            begun.stop();
        }
        return true;
    }

    /**
     * A wait of the task. Whoever ends it first, its reason or a stop of the run, gives the task back to the ready ones; the
     * others find it ended.
     */
    private final class Wait {

        private static final int BEGINNING = 0;
        private static final int HOLDING = 1;
        private static final int ENDED = 2;

        private final AtomicInteger state = new AtomicInteger();
        private volatile FlowClock.@Nullable Scheduled timer;
        private volatile Waitroom.@Nullable Ticket ticket;

        /** What the bulkhead said, if it did; written before the state. */
        private boolean granted;

        private boolean refused;

        /** From now on this wait holds the task; false: it has ended before. */
        boolean hold() {
            return state.compareAndSet(BEGINNING, HOLDING);
        }

        /** What it waited for has come; returns false if the wait had ended before. */
        boolean end() {
            int before = state.getAndSet(ENDED);
            if (before == HOLDING) {
                apply();
                giveBack();
            }
            return before != ENDED;
        }

        /** Whoever holds the task after the wait takes what the bulkhead said. */
        void apply() {
            hasRoom = granted;
            roomRefused = refused;
        }

        /** The bulkhead offers its permit; returns whether it is taken. */
        boolean grant() {
            if (task.execution.halt() != Crew.Halt.GO) {
                // Taken, it would be given back at once, from within this call, and so on along the queue.
                stop();
                return false;
            }
            granted = true;
            return end();
        }

        /** The longest wait for the bulkhead is over. */
        void expire() {
            if (Objects.requireNonNull(ticket).leave()) {
                refused = true;
                end();
            }
        }

        /** The run stops. */
        void stop() {
            if (state.compareAndSet(HOLDING, ENDED)) {
                Waitroom.Ticket queued = ticket;
                if (queued != null) {
                    queued.leave();
                }
                giveBack();
            }
        }

        private void giveBack() {
            FlowClock.Scheduled running = timer;
            if (running != null) {
                running.cancel();
            }
            wait = null;
            if (task.execution.halt() != Crew.Halt.GO) {
                retreat();
                task.execution.stopped();
            } else {
                task.execution.ready();
            }
            run.crew().cameBack();
        }
    }
}
