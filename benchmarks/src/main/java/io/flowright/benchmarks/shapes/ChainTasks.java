package io.flowright.benchmarks.shapes;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;

/** Ten tasks, each of which takes what the one before gave. */
@Flow
public class ChainTasks {

    private final Work work;

    public ChainTasks(Work work) {
        this.work = work;
    }

    @Provides
    public Value step1(@Input Value seed) {
        return work.on(seed);
    }

    @Provides
    public Value step2(@Requires Value step1) {
        return work.on(step1);
    }

    @Provides
    public Value step3(@Requires Value step2) {
        return work.on(step2);
    }

    @Provides
    public Value step4(@Requires Value step3) {
        return work.on(step3);
    }

    @Provides
    public Value step5(@Requires Value step4) {
        return work.on(step4);
    }

    @Provides
    public Value step6(@Requires Value step5) {
        return work.on(step5);
    }

    @Provides
    public Value step7(@Requires Value step6) {
        return work.on(step6);
    }

    @Provides
    public Value step8(@Requires Value step7) {
        return work.on(step7);
    }

    @Provides
    public Value step9(@Requires Value step8) {
        return work.on(step8);
    }

    @Provides
    public Value step10(@Requires Value step9) {
        return work.on(step9);
    }
}
