package shop;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import warehouse.StockTasks;

@Flow(include = StockTasks.class)
public class OrderTasks {

    @Provides("label")
    String print(@Requires String shelf, @Requires int stock) {
        return shelf + ", " + stock + " left";
    }
}
