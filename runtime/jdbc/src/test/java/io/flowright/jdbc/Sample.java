package io.flowright.jdbc;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.spi.FlowVersion;
import io.flowright.runtime.spi.KeyName;
import io.flowright.runtime.spi.KeyWrite;
import io.flowright.runtime.spi.NewRun;
import io.flowright.runtime.spi.RunWrite;
import io.flowright.runtime.spi.TaskRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What tests write. */
final class Sample {

    static final FlowVersion FLOW = new FlowVersion("order", "f1");
    static final Instant NOW = Instant.parse("2026-02-03T04:05:06.789012Z");
    static final Duration LONG = Duration.ofHours(1);

    private Sample() {}

    static RunWrite begin(String run, String owner) {
        return begin(run, owner, NOW);
    }

    static RunWrite begin(String run, String owner, Instant createdAt) {
        NewRun begin =
                new NewRun(owner, FLOW, "1.0", bytes("{\"orderId\":42}"), List.of(), null, createdAt, 0, Map.of());
        return new RunWrite(run, 1, begin, List.of(), List.of(), null);
    }

    static RunWrite task(String run, String task) {
        return new RunWrite(run, 1, null, List.of(succeeded(task)), List.of(), null);
    }

    static RunWrite taskWithKey(String run, String task, KeyName key) {
        KeyWrite complete = new KeyWrite.Complete(key, bytes("result"), NOW.plus(Duration.ofDays(30_000)));
        return new RunWrite(run, 1, null, List.of(succeeded(task)), List.of(complete), null);
    }

    static RunWrite completion(String run, String task) {
        return new RunWrite(run, 1, null, List.of(succeeded(task)), List.of(), change(RunStatus.SUCCEEDED));
    }

    static RunWrite.Change change(RunStatus status) {
        return new RunWrite.Change(status, null, !status.isActive(), NOW);
    }

    static TaskRecord succeeded(String task) {
        return new TaskRecord(
                task,
                "",
                0,
                1,
                TaskRecord.Kind.END,
                TaskRecord.Status.SUCCEEDED,
                bytes("result"),
                null,
                NOW,
                NOW,
                null);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
