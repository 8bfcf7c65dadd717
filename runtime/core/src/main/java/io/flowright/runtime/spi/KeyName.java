package io.flowright.runtime.spi;

/**
 * What an idempotent execution is known by in a store.
 *
 * @param flow the durable name of the flow
 * @param task the durable name of the task
 * @param hash of the values of the task's template, in hexadecimal
 * @since 0.1
 */
public record KeyName(String flow, String task, String hash) {}
