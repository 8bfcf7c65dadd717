package io.flowright.examples.patterns;

import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** Holds the task that writes one certain line until it is opened. */
final class Gate implements Consumer<String> {

    private final String held;
    private final CountDownLatch open = new CountDownLatch(1);

    Gate(String held) {
        this.held = held;
    }

    void open() {
        open.countDown();
    }

    @Override
    public void accept(String line) {
        if (line.equals(held)) {
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
