package graph;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import io.flowright.annotations.Task;

/** All tasks are direct: the frame runs them in a straight line. One is static, one key is let go, one carries no value. */
@Flow(name = "diamond", version = "3")
class DiamondTasks {

    @Provides(keep = false)
    byte[] top(@Input String text) {
        return text.getBytes();
    }

    @Provides
    int left(@Requires byte[] top) {
        return top.length;
    }

    @Provides
    static Long right(@Requires byte[] top) {
        return 2L * top.length;
    }

    @Task(priority = 7)
    @Provides("warm")
    void warmUp() {}

    @Requires("warm")
    @Provides
    String bottom(@Requires long left, @Requires Object right) {
        return left + "+" + right;
    }

    @SuppressWarnings("flowright:unused-key")
    @Provides(keep = false)
    String unused(@Requires String bottom) {
        return bottom;
    }
}
