package warehouse;

import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;

public class StockTasks {

    @Provides("stock")
    public int count(@Input String article) {
        return article.length();
    }

    @Provides("shelf")
    public String find(@Requires int stock) {
        return "shelf " + stock;
    }
}
