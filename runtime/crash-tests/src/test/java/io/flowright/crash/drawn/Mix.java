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

    /** What a task has received, as text. */
    public static String seen(@Nullable Object... received) {
        return Arrays.stream(received).map(Mix::text).toList().toString();
    }

    /** Three or four numbers. */
    public static List<Integer> numbers(int number) {
        return IntStream.range(0, 3 + number % 2).map(i -> number + i).boxed().toList();
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

    /** Fails for the element in this place. */
    public static void failAt(TaskContext task, int element) {
        if (task.element() == element) {
            throw new IllegalStateException(task.task() + " fails");
        }
    }

    /**
     * How many elements a quorum has: which they are is chance.
     *
     * @param quorum their places, as the task gives them, or an optional of that
     */
    public static @Nullable Object chosen(Object quorum) {
        if (quorum instanceof Optional<?> optional) {
            return optional.map(Mix::chosen).orElse(null);
        }
        List<?> places = (List<?>) quorum;
        if (!places.stream().distinct().sorted().toList().equals(places)) {
            throw new IllegalStateException("not some elements in their order: " + places);
        }
        return places.size();
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
