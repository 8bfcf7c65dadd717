package shop;

import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;

/** All of its tasks are static. */
public class SharpenTasks {

    @Provides
    static String sharp(@Requires String blurred) {
        return "sharp " + blurred;
    }

    private SharpenTasks() {}
}
