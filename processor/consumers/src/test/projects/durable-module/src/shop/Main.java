package shop;

import io.flowright.jdbc.SqliteStore;
import io.flowright.runtime.Engine;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.spi.RunStore;
import java.nio.file.Path;
import java.util.List;

public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        try (RunStore store = SqliteStore.open(Path.of("runs.db"));
                Engine engine = Engine.builder().store(store).verifyValues().build()) {
            PriceFlow flow = PriceFlow.create(new PriceTasks(), engine);
            System.out.println(flow.start(RunOptions.id("prices-1"), List.of("21.50", "22"), "EUR")
                    .result()
                    .prices());
        }
    }
}
