package shop;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import io.flowright.runtime.Progress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Records are taken apart: one of a direct task, one of a stage, one that is generic; some components may be null. */
@Flow
public class InvoiceTasks {

    public record Prices(long subtotal, Long tax, @Nullable String note) {}

    record Pair<A, B>(A first, B second) {}

    public record Rates(double euro, double dollar) {}

    @Provides({"subtotal", "tax", "note"})
    Prices prices(@Input List<Long> amounts) {
        return new Prices(amounts.stream().mapToLong(Long::longValue).sum(), 19L, null);
    }

    @Provides({"euro", "dollar"})
    CompletionStage<Rates> rates() {
        return CompletableFuture.completedFuture(new Rates(1, 1.1));
    }

    @Provides(value = {"first", "second"}, keep = false)
    Pair<List<String>, String> pair(@Requires @Nullable String note, Progress progress) {
        progress.update(1, 1);
        return new Pair<>(List.of("a"), "b");
    }

    @Provides
    String invoice(
            @Requires("first") List<? extends CharSequence> lines,
            @Requires String second,
            @Requires("subtotal") double total,
            @Requires long tax,
            @Requires Double euro,
            @Requires double dollar) {
        return lines + second + total + tax + euro + dollar;
    }
}
