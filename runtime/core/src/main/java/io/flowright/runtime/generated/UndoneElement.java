package io.flowright.runtime.generated;

import org.jspecify.annotations.Nullable;

/**
 * What a compensation undoes of a task that runs for each element. The engine hands it to {@link FlowFrame#callElement} and
 * {@link FlowFrame#elementFallback} in place of the element.
 *
 * @param element what the task ran for
 * @param result what it gave for it; null: nothing, or its outcome is not known
 */
public record UndoneElement(
        @Nullable Object element, @Nullable Object result) {}
