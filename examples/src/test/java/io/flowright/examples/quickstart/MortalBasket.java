package io.flowright.examples.quickstart;

import io.flowright.crash.matrix.MortalFlow;
import io.flowright.examples.crash.MortalExample;
import io.flowright.examples.quickstart.Basket.Item;
import io.flowright.runtime.Engine;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.RunStatus;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A price is the same, whoever finishes computing it. */
public final class MortalBasket implements MortalExample {

    private static final List<Item> ITEMS =
            List.of(new Item("book", new BigDecimal("24.00")), new Item("pen", new BigDecimal("3.50")));

    @Override
    public Ending ending() {
        return new Ending(RunStatus.SUCCEEDED, "27.50 + 5.23 + 4.90 = 37.63", List.of());
    }

    @Override
    public Map<String, Set<String>> needs() {
        return Map.of("tax", Set.of("subtotal"), "shipping", Set.of("subtotal"), "total", Set.of("tax", "shipping"));
    }

    @Override
    public MortalFlow flow(Engine engine, String world) {
        BasketFlow flow = BasketFlow.create(new Basket(), engine);
        return run -> MortalFlow.outcome(
                flow.start(RunOptions.id(run), ITEMS),
                result ->
                        result.subtotal() + " + " + result.tax() + " + " + result.shipping() + " = " + result.total());
    }
}
