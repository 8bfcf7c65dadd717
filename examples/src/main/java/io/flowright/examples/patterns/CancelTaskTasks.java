package io.flowright.examples.patterns;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import io.flowright.annotations.Task;
import io.flowright.annotations.Timeout;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Pattern 19, cancel task: what takes too long is withdrawn, and the flow goes on without it. */
@Flow
public record CancelTaskTasks(Callable<String> adviser) {

    @Provides("advice")
    @Task(optional = true)
    @Timeout("2s")
    String ask() throws Exception {
        return adviser.call();
    }

    @Provides
    String page(@Input String article, @Requires Optional<String> advice) {
        return article + advice.map(text -> ", " + text).orElse("");
    }
}
