package shop.shipping;

import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;

public class ShippingTasks extends LabelTasks {

    @Override
    @Provides
    public String label(@Input String address) {
        return "to " + address;
    }
}
