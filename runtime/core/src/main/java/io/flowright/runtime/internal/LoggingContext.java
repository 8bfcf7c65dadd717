package io.flowright.runtime.internal;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What SLF4J's MDC of a thread held before the thread came to work on a run, to be put back when it leaves: it may be a
 * caller's, or in the middle of a task of another run.
 *
 * @param all everything; null: the run changes nothing but the five keys
 */
record LoggingContext(
        @Nullable Map<String, String> all,
        @Nullable String flow,
        @Nullable String run,
        @Nullable String task,
        @Nullable String element,
        @Nullable String attempt) {

    private static final String FLOW = "flow";
    private static final String RUN = "run";
    private static final String TASK = "task";
    private static final String ELEMENT = "element";
    private static final String ATTEMPT = "attempt";

    /**
     * The calling thread comes to work on a run.
     *
     * @param callers the context of the thread that started the run; null: it was empty
     */
    static LoggingContext enter(@Nullable Map<String, String> callers) {
        if (callers == null) {
            LoggingContext before = new LoggingContext(
                    null, MDC.get(FLOW), MDC.get(RUN), MDC.get(TASK), MDC.get(ELEMENT), MDC.get(ATTEMPT));
            // Attempts put all the others.
            MDC.remove(ELEMENT);
            return before;
        }
        Map<String, String> all = MDC.getCopyOfContextMap();
        MDC.setContextMap(callers);
        MDC.remove(ELEMENT);
        return new LoggingContext(all == null ? Map.of() : all, null, null, null, null, null);
    }

    /** An attempt begins. All its keys are put each time, because user code may have cleared the context. */
    static void begin(String flow, String run, String task, int element, int attempt) {
        MDC.put(FLOW, flow);
        MDC.put(RUN, run);
        MDC.put(TASK, task);
        if (element != Place.NO_ELEMENT) {
            MDC.put(ELEMENT, Integer.toString(element));
        }
        MDC.put(ATTEMPT, Integer.toString(attempt));
    }

    /** The attempt has ended; what is logged until the next one belongs to no task. */
    static void end() {
        MDC.remove(TASK);
        MDC.remove(ELEMENT);
        MDC.remove(ATTEMPT);
    }

    /** The thread leaves. */
    void leave() {
        if (all != null) {
            MDC.setContextMap(all);
            return;
        }
        restore(FLOW, flow);
        restore(RUN, run);
        restore(TASK, task);
        restore(ELEMENT, element);
        restore(ATTEMPT, attempt);
    }

    private static void restore(String key, @Nullable String value) {
        if (value == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, value);
        }
    }
}
