package io.flowright.examples.patterns;

import io.flowright.annotations.Flow;
import io.flowright.annotations.ForEach;
import io.flowright.annotations.ForEach.OnElementFailure;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import io.flowright.runtime.Outcome;
import java.util.List;
import java.util.concurrent.Callable;

/** All instances end, whatever becomes of each; then one task judges them. */
@Flow
public class CollectedInstancesTasks {

    @Provides("checks")
    String check(@ForEach(value = "hosts", onFailure = OnElementFailure.COLLECT) Callable<String> host)
            throws Exception {
        return host.call();
    }

    @Provides
    boolean healthy(@Input List<Callable<String>> hosts, @Requires List<Outcome<String>> checks) {
        long alive = checks.stream().filter(Outcome.Success.class::isInstance).count();
        return 2 * alive > hosts.size();
    }
}
