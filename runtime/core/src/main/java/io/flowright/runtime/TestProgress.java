package io.flowright.runtime;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@link Progress#forTest()}.
 *
 * @param last what an earlier attempt reported; null: there was none
 */
record TestProgress(@Nullable Record last) implements Progress {

    @Override
    public void update(long done, long total) {}

    @Override
    public void update(long done, long total, Record detail) {}

    @Override
    public void update(long done) {}

    @Override
    public void updateFraction(double fraction) {}

    @Override
    public void detail(Record detail) {}

    @Override
    public <T extends Record> Optional<T> last(Class<T> type) {
        return type.isInstance(last) ? Optional.of(type.cast(last)) : Optional.empty();
    }

    @Override
    public <T extends @Nullable Object> Iterable<T> over(Iterable<T> elements) {
        return elements;
    }

    @Override
    public <T extends @Nullable Object> Iterable<T> over(Iterable<T> elements, long total) {
        return elements;
    }
}
