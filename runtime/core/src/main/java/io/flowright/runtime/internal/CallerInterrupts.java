package io.flowright.runtime.internal;

/**
 * Tells whether user code on the thread of a caller failed because somebody interrupted that thread. The interrupt is meant
 * for the caller, so it is no failure of the task.
 */
final class CallerInterrupts {

    private CallerInterrupts() {}

    /**
     * Whether an interrupt lies behind a failure on the calling thread, whose flag is clear afterwards. Either the flag is
     * still set, or a blocking method of the JDK took it away and threw an {@link InterruptedException}. One that the user's
     * code made itself proves nothing.
     */
    static boolean takeBehind(Throwable failure) {
        return Thread.interrupted() || (failure instanceof InterruptedException && isFromJdk(failure));
    }

    private static boolean isFromJdk(Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        return trace.length > 0 && "java.base".equals(trace[0].getModuleName());
    }
}
