package io.flowright.runtime.spi;

/**
 * What a run is doing at this moment, for people who look on; it is no part of what recovery needs.
 *
 * @param run the id of the run
 * @param epoch the epoch in which the writer owns it
 * @param activity what runs, and how far it is, encoded
 * @since 0.1
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes on their way, which nobody compares or changes.
public record RunActivity(String run, long epoch, byte[] activity) {}
