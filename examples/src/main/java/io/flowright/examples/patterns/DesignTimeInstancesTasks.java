package io.flowright.examples.patterns;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Include;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import java.util.List;

/** Pattern 13, multiple instances with a number known at design time: one group for each, all in parallel. */
@Flow
@Include(value = DesignTimeInstancesTasks.ReviewTasks.class, as = "law", rebind = "opinion=lawyer")
@Include(value = DesignTimeInstancesTasks.ReviewTasks.class, as = "finance", rebind = "opinion=banker")
public class DesignTimeInstancesTasks {

    /** What each reviewer does. */
    public record ReviewTasks(String reviewer) {
        @Provides
        String opinion(@Requires String contract) {
            return reviewer + " read the " + contract;
        }
    }

    @Provides
    String contract(@Input String partner) {
        return "contract with " + partner;
    }

    @Provides
    String summary(@Requires({"lawyer", "banker"}) List<String> opinions) {
        return String.join("; ", opinions);
    }
}
