package io.flowright.examples.quickstart;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Prices a basket. javac checks that every value has a provider and fits. */
@Flow
public class Basket {

    private static final BigDecimal TAX_RATE = new BigDecimal("0.19");

    /** Something to buy. */
    public record Item(String name, BigDecimal price) {}

    @Provides
    BigDecimal subtotal(@Input List<Item> items) {
        return items.stream().map(Item::price).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Provides
    BigDecimal tax(@Requires BigDecimal subtotal) {
        return subtotal.multiply(TAX_RATE).setScale(2, RoundingMode.HALF_UP);
    }

    @Provides
    BigDecimal shipping(@Requires BigDecimal subtotal) {
        return subtotal.intValue() >= 50 ? BigDecimal.ZERO : new BigDecimal("4.90");
    }

    @Provides
    BigDecimal total(@Requires BigDecimal subtotal, @Requires BigDecimal tax, @Requires BigDecimal shipping) {
        return subtotal.add(tax).add(shipping);
    }

    /** Runs the flow that was generated from this class. */
    public static void main(String[] args) {
        List<Item> items = List.of(new Item("book", new BigDecimal("24.00")), new Item("pen", new BigDecimal("3.50")));

        BasketFlow.Result result = BasketFlow.create(new Basket()).run(items);

        System.out.printf("%8s subtotal%n", result.subtotal());
        System.out.printf("%8s tax%n", result.tax());
        System.out.printf("%8s shipping%n", result.shipping());
        System.out.printf("%8s total%n", result.total());
    }
}
