package io.flowright.examples.patterns;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import java.util.concurrent.Callable;

/** The region of {@link CancelRegionTasks}. */
@Flow
public record SurveyTasks(Callable<String> north, Callable<String> south) {

    @Provides("northern")
    String goNorth() throws Exception {
        return north.call();
    }

    @Provides("southern")
    String goSouth() throws Exception {
        return south.call();
    }

    @Provides
    String map(@Requires String northern, @Requires String southern) {
        return northern + " above " + southern;
    }
}
