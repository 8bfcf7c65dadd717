package shop;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import org.jspecify.annotations.Nullable;

/** Two inputs could be swapped unnoticed, so there is only the builder. Some inputs have the names of its own members. */
@Flow
public class TransferTasks {

    @Provides
    String transfer(
            @Input String from,
            @Input String to,
            @Input long amount,
            @Input @Nullable String note,
            @Input int run,
            @Input boolean flow,
            @Input char missing,
            @Input double frame) {
        return from + to + amount + note + run + flow + missing + frame;
    }
}
