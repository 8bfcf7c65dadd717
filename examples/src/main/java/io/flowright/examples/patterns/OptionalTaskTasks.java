package io.flowright.examples.patterns;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import io.flowright.annotations.Task;
import java.util.Optional;
import java.util.concurrent.Callable;

/** A task whose failure is a warning: the flow goes on without its key. */
@Flow
public record OptionalTaskTasks(Callable<String> weather) {

    @Provides("forecast")
    @Task(optional = true)
    String ask() throws Exception {
        return weather.call();
    }

    @Provides
    String invitation(@Input String guest, @Requires Optional<String> forecast) {
        return "Dear " + guest + forecast.map(text -> ", expect " + text).orElse("");
    }
}
