package shop;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The inputs are a record, in its order, whether or not a task takes them. */
@SuppressWarnings("flowright:unused-input")
@Flow(input = RefundTasks.RefundInput.class)
public class RefundTasks {

    public record RefundInput(long orderId, long amount, @Nullable String reason, List<String> options) {}

    @Provides
    String refund(@Requires long orderId, @Input long amount, @Input List<String> options) {
        return orderId + " " + amount + " " + options;
    }
}
