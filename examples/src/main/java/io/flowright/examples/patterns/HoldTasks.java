package io.flowright.examples.patterns;

import io.flowright.annotations.Compensates;
import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.OnFailure;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** A failure stops the run and undoes nothing, although the flow knows how: an operator is to decide. */
@Flow(onFailure = OnFailure.HOLD)
public record HoldTasks(Consumer<String> journal, Callable<String> carrier) {

    @Provides("parcel")
    String pack(@Input String article) {
        journal.accept("packed");
        return "parcel with " + article;
    }

    @Compensates("pack")
    void unpack(@Requires String parcel) {
        journal.accept("unpacked");
    }

    @Provides
    String shipment(@Requires String parcel) throws Exception {
        return parcel + " by " + carrier.call();
    }
}
