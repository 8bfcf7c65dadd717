package io.flowright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method a task, a node of the flow's graph. {@link Provides} implies it; it is needed for tasks that provide nothing, and for
 * a name or a priority.
 *
 * <pre>{@code
 * @Task(name = "send-mail", priority = 10)
 * void send(@Requires Receipt receipt) {
 *     mail.send(receipt);
 * }
 * }</pre>
 *
 * <p>The method may be static, and anything but private. A unit test calls it like any other. It may throw whatever it likes: a task
 * that throws fails, and by default the flow with it. If it returns a {@link java.util.concurrent.CompletionStage}, the task
 * lasts until the stage completes, and holds no thread meanwhile.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Task {

    /**
     * The durable name, unique in the flow: pin it before renaming the method. It starts with a letter and holds letters, digits,
     * underscores, single dots and dashes. Empty, the default: the method name.
     */
    String name() default "";

    /** Among tasks that are ready together, those with a higher priority start first. 0 by default; may be negative. */
    int priority() default 0;

    /**
     * Whether the flow goes on without it: if it fails for good, its keys are absent, as if it had been skipped, and the failure is
     * a warning of the run. False by default.
     */
    boolean optional() default false;

    /**
     * Whether an engine with a store runs it again instead of recording what it gives: where a recorded run is continued, it is computed
     * anew from the same values. For tasks that are quick, have no effect and always give equal results for equal values. Their keys may
     * be of types that cannot be recorded, or be large. That it has failed for good is recorded, as of any task. False by default; without a
     * store it changes nothing.
     *
     * <pre>{@code
     * @Task(pure = true)
     * @Provides
     * Path file(@Input String folder, @Requires Order order) {
     *     return Path.of(folder, order.id());
     * }
     * }</pre>
     */
    boolean pure() default false;

    /**
     * Whether an engine with a store records its start before it begins, so that it never begins twice by itself. If the process dies
     * before the end is recorded, nobody knows whether the effect happened: the run has then failed, in doubt, and a person decides whether
     * the task runs again. A task without it runs again after such a death. False by default; without a store it changes nothing.
     *
     * <pre>{@code
     * @Task(once = true)
     * void thank(@Requires Receipt receipt) {
     *     mail.send(receipt);
     * }
     * }</pre>
     */
    boolean once() default false;
}
