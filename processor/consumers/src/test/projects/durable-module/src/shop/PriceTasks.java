package shop;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

@Flow(durable = true)
class PriceTasks {

    record Price(BigDecimal amount, String currency) {}

    @Provides
    List<BigDecimal> amounts(@Input List<String> texts) {
        return texts.stream().map(BigDecimal::new).toList();
    }

    @Provides
    List<Price> prices(@Requires List<BigDecimal> amounts, @Input String currency) {
        System.out.println("prices");
        List<Price> prices = new ArrayList<>();
        amounts.forEach(amount -> prices.add(new Price(amount, currency)));
        return prices;
    }
}
