package io.flowright.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.examples.quickstart.Basket.Item;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class BasketTest {

    @Test
    void a_small_basket_pays_tax_and_shipping() {
        BasketFlow.Result result =
                BasketFlow.create(new Basket()).run(List.of(new Item("book", new BigDecimal("24.00"))));

        assertThat(result.tax()).isEqualByComparingTo("4.56");
        assertThat(result.total()).isEqualByComparingTo("33.46");
    }

    @Test
    void a_task_is_a_method_that_can_be_called() {
        assertThat(new Basket().shipping(new BigDecimal("50.00"))).isZero();
    }
}
