package graph;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Several keys in one parameter: a short list, a longer one, one with nulls, and maps. */
@Flow
public class FanInTasks {

    public record Nine(int d, int e, int f, long g, long h, long i, Long j, Long k, Long l) {}

    @Provides({"d", "e", "f", "g", "h", "i", "j", "k", "l"})
    Nine nine() {
        return new Nine(1, 2, 3, 4, 5, 6, 7L, 8L, 9L);
    }

    @Provides
    int a(@Input int start) {
        return start;
    }

    @Provides
    Integer b(@Requires int a) {
        return a + 1;
    }

    @Provides
    @Nullable Integer c(@Requires Integer b) {
        return b > 10 ? null : b;
    }

    @Provides
    List<String> names(@Requires int a) {
        return List.of("n" + a);
    }

    @Provides
    List<Integer> shortList(@Requires({"a", "b"}) List<Integer> some) {
        return some;
    }

    @Provides
    int longList(@Requires({"a", "b", "d", "e", "f", "g", "h", "i", "j", "k", "l"}) List<? extends Number> many) {
        return many.size();
    }

    @Provides
    int withNulls(@Requires({"a", "b", "c"}) List<@Nullable Integer> some) {
        return some.size();
    }

    @Provides
    Map<String, Number> map(@Requires({"b", "a"}) Map<String, Number> numbers) {
        return numbers;
    }

    @Provides
    int nested(@Requires({"names", "shortList"}) Map<String, ? extends Collection<?>> lists, @Requires("map") Object map) {
        return lists.size();
    }
}
