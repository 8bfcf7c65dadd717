package io.flowright.runtime.generated;

/**
 * A task that runs once for each element of a key or an input.
 *
 * @param source the name of the key or input
 * @param maxConcurrency how many elements run at a time at most; 0: as many as the engine has threads for
 * @param quorum how many must succeed; 0: all
 * @param collect whether failures are results too
 * @param optionalResults whether the method returns an {@code Optional}, and empty ones are left out
 * @param nullableElements whether elements may be null
 */
public record FanOutSpec(
        String source,
        int maxConcurrency,
        int quorum,
        boolean collect,
        boolean optionalResults,
        boolean nullableElements) {}
