package io.flowright.jdbc;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import java.util.List;

/** Five tasks in a line; the second gives two keys. */
@Flow(durable = true)
class LineTasks {

    record Split(long net, long tax) {}

    @Provides
    List<Long> amounts(@Input int count) {
        return List.of(100L * count, 19L * count);
    }

    @Provides({"net", "tax"})
    Split split(@Requires List<Long> amounts) {
        return new Split(amounts.get(0), amounts.get(1));
    }

    @Provides
    long gross(@Requires long net, @Requires long tax) {
        return net + tax;
    }

    @Provides
    String text(@Requires long gross) {
        return "to pay: " + gross;
    }

    @Provides
    String letter(@Requires String text) {
        return "Dear customer, " + text;
    }
}
