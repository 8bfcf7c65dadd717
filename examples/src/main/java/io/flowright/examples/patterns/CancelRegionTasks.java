package io.flowright.examples.patterns;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import io.flowright.annotations.Task;
import io.flowright.annotations.Timeout;
import java.util.Optional;

/** Pattern 25, cancel region, as far as it goes: a region that is a flow of its own is withdrawn as a whole. */
@Flow
public record CancelRegionTasks(SurveyFlow region) {

    @Provides("map")
    @Task(optional = true)
    @Timeout("2s")
    String survey() {
        return region.run().map();
    }

    @Provides
    String guide(@Input String town, @Requires Optional<String> map) {
        return town + ", " + map.orElse("without a map");
    }
}
