package shop.shipping;

import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;

public abstract class LabelTasks {

    public abstract String label(String address);

    @Provides
    public String checked(@Requires String label) {
        return label;
    }
}
