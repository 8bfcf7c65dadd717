package io.flowright.runtime.internal;

import io.flowright.runtime.operations.Retention;
import io.flowright.runtime.spi.Codec;
import io.flowright.runtime.spi.RunStore;
import java.time.Duration;

/**
 * What an engine with a store was built with.
 *
 * @param owner the engine's name for people
 * @param lease for how long the engine's runs are its own without a word of it
 * @param verifying whether values are decoded again at once, to see whether they survive
 * @param retention for how long runs are kept
 */
public record StoreSettings(
        RunStore store, Codec codec, String owner, Duration lease, boolean verifying, Retention retention) {}
