package io.flowright.runtime.internal;

import io.flowright.runtime.generated.FlowGraph;
import java.util.Arrays;

/**
 * Ready tasks by priority, then by number, for flows that have priorities and for the sequential engine, whose order must
 * not depend on the times at which waits end. A binary heap under a lock.
 */
final class ReadyHeap implements ReadyTasks {

    private final FlowGraph graph;
    private int[] heap = new int[16];
    private int size;

    ReadyHeap(FlowGraph graph) {
        this.graph = graph;
    }

    @Override
    public synchronized void push(int task) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        int place = size++;
        while (place > 0) {
            int parent = (place - 1) >>> 1;
            if (graph.precedes(heap[parent], task)) {
                break;
            }
            heap[place] = heap[parent];
            place = parent;
        }
        heap[place] = task;
    }

    @Override
    public synchronized int pop() {
        if (size == 0) {
            return NONE;
        }
        int first = heap[0];
        int moved = heap[--size];
        int place = 0;
        while (true) {
            int child = place * 2 + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && graph.precedes(heap[child + 1], heap[child])) {
                child++;
            }
            if (graph.precedes(moved, heap[child])) {
                break;
            }
            heap[place] = heap[child];
            place = child;
        }
        heap[place] = moved;
        return first;
    }

    @Override
    public synchronized int peek() {
        return size == 0 ? NONE : heap[0];
    }

    @Override
    public synchronized boolean isEmpty() {
        return size == 0;
    }
}
