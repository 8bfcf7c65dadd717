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
}
