package io.flowright.benchmarks.shapes;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;

/** One task, eight that take what it gave, and one that takes what the eight gave. */
@Flow
public class FanTasks {

    private final Work work;

    public FanTasks(Work work) {
        this.work = work;
    }

    @Provides
    public Value split(@Input Value seed) {
        return work.on(seed);
    }

    @Provides
    public Value part1(@Requires Value split) {
        return work.on(split);
    }

    @Provides
    public Value part2(@Requires Value split) {
        return work.on(split);
    }

    @Provides
    public Value part3(@Requires Value split) {
        return work.on(split);
    }

    @Provides
    public Value part4(@Requires Value split) {
        return work.on(split);
    }

    @Provides
    public Value part5(@Requires Value split) {
        return work.on(split);
    }

    @Provides
    public Value part6(@Requires Value split) {
        return work.on(split);
    }

    @Provides
    public Value part7(@Requires Value split) {
        return work.on(split);
    }

    @Provides
    public Value part8(@Requires Value split) {
        return work.on(split);
    }

    @Provides
    public Value join(
            @Requires Value part1,
            @Requires Value part2,
            @Requires Value part3,
            @Requires Value part4,
            @Requires Value part5,
            @Requires Value part6,
            @Requires Value part7,
            @Requires Value part8) {
        return work.on(part1);
    }
}
