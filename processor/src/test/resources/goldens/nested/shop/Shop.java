package shop;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import java.util.List;
import java.util.Map;

/** A flow in a class; with generics, raw and deprecated types, which javac warns of where they are mentioned. */
@SuppressWarnings("rawtypes")
public class Shop {

    @Deprecated
    public static class Basket {}

    @Flow
    public static class OpenTasks extends Base<Basket> {

        @Provides
        Basket basket(@Input Map<String, List<Basket>> baskets) {
            return baskets.get("").get(0);
        }

        @Provides
        List raw(@Requires Map.Entry<String, ? super Basket> entry) {
            return List.of(entry.getKey());
        }

        @Provides
        int size(@Requires List raw, @Requires List<? extends Basket> all) {
            return all.size();
        }
    }

    abstract static class Base<T> {

        @Provides
        Map.Entry<String, T> entry(@Requires T basket) {
            return Map.entry("", basket);
        }

        @Provides
        List<T> all(@Requires T basket) {
            return List.of(basket);
        }
    }
}
