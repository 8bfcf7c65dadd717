package io.flowright.crash;

import io.flowright.annotations.Compensates;
import io.flowright.annotations.Flow;
import io.flowright.annotations.Idempotent;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import io.flowright.runtime.FlowFailure;
import io.flowright.runtime.TaskContext;

/** The last task fails, and what was done is undone. */
@Flow(durable = true)
class SagaTasks {

    private final EffectLog effects;

    SagaTasks(EffectLog effects) {
        this.effects = effects;
    }

    @Provides
    String booking(@Input String id, TaskContext task) {
        effects.add(task);
        return "booking";
    }

    @Compensates("booking")
    void cancelBooking(@Requires String booking, TaskContext task) {
        effects.add(task);
    }

    @Provides
    @Idempotent("{id}")
    String payment(@Input String id, @Requires String booking, TaskContext task) {
        effects.add(task);
        return "payment";
    }

    @Compensates("payment")
    void refund(@Requires String payment, FlowFailure why, TaskContext task) {
        if (!why.message().equals("no ship")) {
            throw new IllegalStateException("not the failure of the run: " + why);
        }
        effects.add(task);
    }

    @Provides
    String ship(@Requires String payment, TaskContext task) {
        effects.add(task);
        throw new IllegalStateException("no ship");
    }
}
