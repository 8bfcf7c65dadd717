package io.flowright.examples.patterns;

import io.flowright.annotations.Flow;
import io.flowright.annotations.ForEach;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import java.util.List;

/** Pattern 14, multiple instances with a number known when they start: one for each element. */
@Flow
public class RunTimeInstancesTasks {

    @Provides
    List<String> chapters(@Input String book) {
        return book.lines().toList();
    }

    @Provides("words")
    int count(@ForEach("chapters") String chapter) {
        return chapter.split(" ").length;
    }

    @Provides
    int total(@Requires List<Integer> words) {
        return words.stream().mapToInt(Integer::intValue).sum();
    }
}
