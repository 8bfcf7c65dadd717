package shop.shipping;

import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;

public final class PrintTasks {

    private PrintTasks() {}

    @Provides
    public static int pages(@Requires String checked) {
        return checked.length();
    }
}
