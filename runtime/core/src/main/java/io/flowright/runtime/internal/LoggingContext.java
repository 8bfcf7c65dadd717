package io.flowright.runtime.internal;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What SLF4J's MDC of a thread held before an attempt, to be put back after it: a task may run another flow on the same
 * thread.
 *
 * @param all everything; null: the attempt changed nothing but the four keys
 */
record LoggingContext(
        @Nullable Map<String, String> all,
        @Nullable String flow,
        @Nullable String run,
        @Nullable String task,
        @Nullable String attempt) {

    /**
     * Puts the context of an attempt on the calling thread.
     *
     * @param callers the context of the thread that started the run; null: it was empty
     */
    static LoggingContext open(
            @Nullable Map<String, String> callers, String flow, String run, String task, int attempt) {
        LoggingContext before;
        if (callers == null) {
            before = new LoggingContext(null, MDC.get("flow"), MDC.get("run"), MDC.get("task"), MDC.get("attempt"));
        } else {
            Map<String, String> all = MDC.getCopyOfContextMap();
            before = new LoggingContext(all == null ? Map.of() : all, null, null, null, null);
            MDC.setContextMap(callers);
        }
        MDC.put("flow", flow);
        MDC.put("run", run);
        MDC.put("task", task);
        MDC.put("attempt", Integer.toString(attempt));
        return before;
    }

    /** Puts back what was there. */
    void close() {
        if (all != null) {
            MDC.setContextMap(all);
            return;
        }
        restore("flow", flow);
        restore("run", run);
        restore("task", task);
        restore("attempt", attempt);
    }

    private static void restore(String key, @Nullable String value) {
        if (value == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, value);
        }
    }
}
