package shop;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import shop.shipping.PrintTasks;
import shop.shipping.ShippingTasks;

/** A flow of three classes: its own, one in another package, and one whose tasks are all static. */
@Flow(include = {ShippingTasks.class, PrintTasks.class})
public class MailTasks {

    @Provides
    String mail(@Requires String label, @Requires int pages) {
        return label + pages;
    }
}
