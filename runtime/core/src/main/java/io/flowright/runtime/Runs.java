package io.flowright.runtime;

import io.flowright.runtime.internal.EngineCore;
import java.util.List;

/**
 * The runs in the store of an engine, whichever engine they belong to. Thread-safe.
 *
 * @since 0.1
 */
public final class Runs {

    private final EngineCore core;

    Runs(EngineCore core) {
        this.core = core;
    }

    /**
     * The runs that are to go on and cannot: their engine is gone, and no live one has created their flow, or only with another graph. They
     * stay as they are, and go on as soon as an engine creates the flow as it was. The oldest first, at most 1,000. An engine in
     * memory has none.
     *
     * @throws StoreUnavailableException if the store does not answer
     */
    public List<StrandedRun> stranded() {
        return core.stranded();
    }
}
