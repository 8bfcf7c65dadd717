package io.flowright.benchmarks.peers;

import dagger.Module;
import dagger.Provides;
import dagger.producers.Production;
import java.util.concurrent.Executor;

/** Tells Dagger where producers run. */
@Module
final class DaggerExecutor {

    private final Executor executor;

    DaggerExecutor(Executor executor) {
        this.executor = executor;
    }

    @Provides
    @Production
    Executor executor() {
        return executor;
    }
}
