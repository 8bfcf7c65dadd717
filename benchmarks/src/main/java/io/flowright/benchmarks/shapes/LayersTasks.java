package io.flowright.benchmarks.shapes;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;

/** Five layers of four tasks; each takes two values of the layer before. */
@Flow
public class LayersTasks {

    private final Work work;

    public LayersTasks(Work work) {
        this.work = work;
    }

    @Provides
    public Value a1(@Input Value seed) {
        return work.on(seed);
    }

    @Provides
    public Value a2(@Input Value seed) {
        return work.on(seed);
    }

    @Provides
    public Value a3(@Input Value seed) {
        return work.on(seed);
    }

    @Provides
    public Value a4(@Input Value seed) {
        return work.on(seed);
    }

    @Provides
    public Value b1(@Requires Value a1, @Requires Value a2) {
        return work.on(a1);
    }

    @Provides
    public Value b2(@Requires Value a2, @Requires Value a3) {
        return work.on(a2);
    }

    @Provides
    public Value b3(@Requires Value a3, @Requires Value a4) {
        return work.on(a3);
    }

    @Provides
    public Value b4(@Requires Value a4, @Requires Value a1) {
        return work.on(a4);
    }

    @Provides
    public Value c1(@Requires Value b1, @Requires Value b2) {
        return work.on(b1);
    }

    @Provides
    public Value c2(@Requires Value b2, @Requires Value b3) {
        return work.on(b2);
    }

    @Provides
    public Value c3(@Requires Value b3, @Requires Value b4) {
        return work.on(b3);
    }

    @Provides
    public Value c4(@Requires Value b4, @Requires Value b1) {
        return work.on(b4);
    }

    @Provides
    public Value d1(@Requires Value c1, @Requires Value c2) {
        return work.on(c1);
    }

    @Provides
    public Value d2(@Requires Value c2, @Requires Value c3) {
        return work.on(c2);
    }

    @Provides
    public Value d3(@Requires Value c3, @Requires Value c4) {
        return work.on(c3);
    }

    @Provides
    public Value d4(@Requires Value c4, @Requires Value c1) {
        return work.on(c4);
    }

    @Provides
    public Value e1(@Requires Value d1, @Requires Value d2) {
        return work.on(d1);
    }

    @Provides
    public Value e2(@Requires Value d2, @Requires Value d3) {
        return work.on(d2);
    }

    @Provides
    public Value e3(@Requires Value d3, @Requires Value d4) {
        return work.on(d3);
    }

    @Provides
    public Value e4(@Requires Value d4, @Requires Value d1) {
        return work.on(d4);
    }
}
