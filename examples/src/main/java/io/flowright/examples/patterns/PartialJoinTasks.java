package io.flowright.examples.patterns;

import io.flowright.annotations.Flow;
import io.flowright.annotations.ForEach;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import java.util.List;
import java.util.concurrent.Callable;

/** Patterns 34 and 35, partial join for multiple instances: two signatures are enough, and nobody else is asked then. */
@Flow
public class PartialJoinTasks {

    @Provides("signatures")
    String sign(@ForEach(value = "members", quorum = 2) Callable<String> member) throws Exception {
        return member.call();
    }

    @Provides
    String decision(@Input List<Callable<String>> members, @Requires List<String> signatures) {
        return "signed by " + String.join(" and ", signatures) + " of " + members.size();
    }
}
