package io.flowright.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.runtime.generated.FlowFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ActiveRunsTest {

    private final ActiveRuns active = new ActiveRuns();

    private static final class Frame extends FlowFrame<String> {
        @Override
        public @Nullable Object[] inputs() {
            return new Object[0];
        }

        @Override
        public String result() {
            return "";
        }
    }

    @Test
    void everyStraightLineIsWaitedForEvenBeyondTheSlots() {
        List<FlowFrame<String>> frames = new ArrayList<>();
        List<Integer> slots = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            FlowFrame<String> frame = new Frame();
            frames.add(frame);
            slots.add(active.enter(frame));
        }
        for (int i = 0; i < 10; i++) {
            assertThat(active.isEmpty()).isFalse();
            active.leave(slots.get(i), frames.get(i));
        }
        assertThat(active.isEmpty()).isTrue();
    }

    @Test
    void aStraightLineThatIsCancelledIsInterruptedAndLeavesNoFlag() throws Exception {
        Frame frame = new Frame();
        CountDownLatch entered = new CountDownLatch(1);
        List<Boolean> flags = new ArrayList<>();
        Thread runner = new Thread(() -> {
            int slot = active.enter(frame);
            entered.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                flags.add(true);
            } finally {
                active.leave(slot, frame);
            }
            flags.add(Thread.currentThread().isInterrupted());
        });
        runner.start();
        entered.await();
        active.cancelAll();
        runner.join();
        assertThat(frame.stopped()).isTrue();
        assertThat(flags).containsExactly(true, false);
        assertThat(active.isEmpty()).isTrue();
    }

    @Test
    void aStraightLineThatIsOverIsNotInterrupted() {
        Frame frame = new Frame();
        active.leave(active.enter(frame), frame);
        active.cancelAll();
        assertThat(frame.stopped()).isFalse();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
}
