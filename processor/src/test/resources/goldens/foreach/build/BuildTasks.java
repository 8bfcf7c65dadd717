package build;

import io.flowright.annotations.Fallback;
import io.flowright.annotations.Flow;
import io.flowright.annotations.ForEach;
import io.flowright.annotations.ForEach.OnElementFailure;
import io.flowright.annotations.Idempotent;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import io.flowright.annotations.Retry;
import io.flowright.annotations.Task;
import io.flowright.runtime.Outcome;
import io.flowright.runtime.TaskContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Tasks that run for each element of an iterable, an array or a map. */
@Flow
public class BuildTasks {

    public record Shard<T>(String id, List<T> tests) {}

    @Provides
    List<? extends Shard<String>> shards(@Input int[] sizes) {
        List<Shard<String>> shards = new ArrayList<>();
        for (int size : sizes) {
            shards.add(new Shard<>("s" + size, List.of()));
        }
        return shards;
    }

    @Provides("reports")
    @Retry
    @Idempotent("{shard.id}-{release}")
    @Fallback("noReport")
    String test(@ForEach(value = "shards", maxConcurrency = 4) Shard<String> shard, @Input String release)
            throws IOException {
        return shard.id() + release;
    }

    String noReport(Shard<? extends CharSequence> shard, IOException failure) {
        return shard.id() + failure.getMessage();
    }

    @Provides
    int length(@ForEach("reports") String report) {
        return report.length();
    }

    @Provides
    long sum(@Requires List<Integer> length) {
        return length.stream().mapToInt(Integer::intValue).sum();
    }

    @Provides
    long twice(@ForEach("sizes") long size) {
        return 2 * size;
    }

    @Provides
    CompletionStage<Optional<String>> upload(
            @ForEach(value = "reports", onFailure = OnElementFailure.COLLECT) CharSequence report, TaskContext context) {
        return CompletableFuture.completedFuture(Optional.of(report.toString()));
    }

    @Provides(keep = false)
    Map<String, @Nullable Integer> owners(@Requires List<Outcome<String>> upload) {
        return Map.of();
    }

    @Provides("notified")
    void inform(@ForEach(value = "owners", quorum = 2) @Nullable Integer owner) {}

    @Task
    void log(@ForEach("shards") Object shard) {}
}
