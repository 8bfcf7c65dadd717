package io.flowright.crash.drawn;

import io.flowright.runtime.Outcome;
import io.flowright.runtime.TaskContext;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What the tasks of drawn flows compute: something of everything that they receive. */
public final class Mix {

    private Mix() {}

    /** A number of what a task has received. */
    public static int number(int task, @Nullable Object... received) {
        List<String> texts = Arrays.stream(received).map(Mix::text).toList();
        return Math.floorMod((task + texts.toString()).hashCode(), 1_000);
    }

    /** Two to four numbers. */
    public static List<Integer> numbers(int number) {
        return IntStream.range(0, 2 + number % 3).map(i -> number + i).boxed().toList();
    }

    /** Fails in so many attempts. */
    public static void fail(TaskContext task, int attempts) {
        if (task.attempt() <= attempts) {
            throw new IllegalStateException("attempt " + task.attempt());
        }
    }

    /** Fails if the element is one of those. */
    public static void failElement(int element) {
        if (failsElement(element)) {
            throw new IllegalStateException("element " + element);
        }
    }

    static boolean failsElement(int element) {
        return element % 2 == 1;
    }

    /** Comes a little later, from another thread. */
    public static <T> CompletableFuture<T> later(T value) {
        return CompletableFuture.supplyAsync(() -> value);
    }

    /** The same for a value and its reference. */
    static String text(@Nullable Object value) {
        if (value instanceof Optional<?> optional) {
            return text(optional.orElse(null));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Mix::text).collect(Collectors.joining(","));
        }
        if (value instanceof Outcome.Success<?> success) {
            return text(success.value());
        }
        if (value instanceof Outcome.Failure<?> failure) {
            return failure.info().message();
        }
        return value == null ? "-" : value.toString();
    }
}
