package io.flowright.runtime.internal;

import io.flowright.runtime.ProgressReport;
import io.flowright.runtime.generated.UndoneElement;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What a task that runs for each element has done for which of them, kept until the run ends or undoes it. Only tasks that have a
 * compensation have it.
 *
 * <p>Whoever holds an element writes its cell.
 */
final class ElementEffects {

    /** @param remembered who remembers the result for others; null: nobody does */
    private record Effect(
            UndoneElement element,
            boolean succeeded,
            @Nullable ManagedTask remembered) {}

    private final boolean started;

    /** Null in a cell: there is nothing to undo. */
    private final AtomicReferenceArray<@Nullable Effect> cells;

    /** How many elements were to be undone when the undoing began. */
    private int due;

    /** How many attempts to undo an element have failed, in earlier undoings too: each has a record of its own. */
    private final Map<Integer, Integer> attempts = new ConcurrentHashMap<>();

    /** @param started whether elements whose outcome is not known are to be undone too */
    ElementEffects(int elements, boolean started) {
        this.started = started;
        cells = new AtomicReferenceArray<>(elements);
    }

    int size() {
        return cells.length();
    }

    /** The code of the task begins to run for the element. */
    void began(int index, @Nullable Object element) {
        if (started) {
            cells.set(index, new Effect(new UndoneElement(element, null), false, null));
        }
    }

    /**
     * The task has succeeded for the element.
     *
     * @param managed null: it was a call and nothing more
     */
    void succeeded(int index, @Nullable Object element, @Nullable Object result, @Nullable ManagedTask managed) {
        boolean effective = managed == null || managed.isToUndo(started);
        ManagedTask remembered = managed == null || managed.spec.remember() == null ? null : managed;
        cells.set(index, effective ? new Effect(new UndoneElement(element, result), true, remembered) : null);
    }

    /** The undoing of the run begins; returns whether any element is to be undone. */
    boolean anyDue() {
        due = left();
        return due > 0;
    }

    boolean anyLeft() {
        return left() > 0;
    }

    boolean isLeft(int index) {
        return cells.get(index) != null;
    }

    /** An element that is left. */
    UndoneElement element(int index) {
        return effect(index).element;
    }

    /** What was done for an element that is left has been undone: its remembered result is no longer true. */
    void undone(int index) {
        revoke(index);
        forget(index);
    }

    /** The remembered result of an element that is left is no longer true. */
    void revoke(int index) {
        ManagedTask remembered = effect(index).remembered;
        if (remembered != null) {
            remembered.revoke();
        }
    }

    /** There is nothing to undo for the element, or not any more. */
    void forget(int index) {
        cells.set(index, null);
    }

    /** Whether the element is left and has only begun, as far as is known. */
    boolean hasOnlyBegun(int index) {
        Effect effect = cells.get(index);
        return effect != null && !effect.succeeded;
    }

    private Effect effect(int index) {
        return Objects.requireNonNull(cells.get(index));
    }

    /** So many attempts to undo the element have failed. */
    void attempted(int index, int number) {
        attempts.put(index, number);
    }

    /** How many attempts to undo them have failed, by element. */
    Map<Integer, Integer> attempts() {
        return attempts;
    }

    /** How many elements have been undone, of how many. */
    ProgressReport progress() {
        return ProgressReport.of((long) due - left(), due);
    }

    private int left() {
        int left = 0;
        for (int index = 0; index < cells.length(); index++) {
            if (isLeft(index)) {
                left++;
            }
        }
        return left;
    }
}
