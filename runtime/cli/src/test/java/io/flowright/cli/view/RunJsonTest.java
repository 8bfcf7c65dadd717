package io.flowright.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.TaskStatus;
import io.flowright.runtime.spi.TaskRecord;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RunJsonTest {

    private static JsonNode read(String json) {
        return JsonMapper.shared().readTree(json);
    }

    /** Scripts rely on each of these names. */
    @Test
    void namesOfARunAreThese() {
        assertThat(RunJson.text(RunJson.of(Samples.run("a\u00e9", RunStatus.RUNNING))))
                .isEqualTo(
                        "{\"id\":\"a\\u00E9\",\"flow\":\"order\",\"version\":\"1.4\",\"fingerprint\":\"f1\",\"status\":\"RUNNING\","
                                + "\"owner\":\"shop-1\",\"epoch\":2,\"priority\":0,\"createdAt\":\"2026-11-21T10:00:00Z\",\"endedAt\":null,"
                                + "\"tags\":{\"shop\":\"berlin\"}}");
    }

    @Test
    void namesOfADescriptionAreThese() {
        JsonNode json = read(RunJson.text(RunJson.of(
                Samples.description(
                        RunStatus.FAILED,
                        List.of(Samples.busy("copy", 1, 4L)),
                        List.of(Samples.attempt("copy", null, 1, TaskRecord.Status.FAILED, Samples.failure("no")))),
                true,
                false)));

        assertThat(json.propertyNames())
                .containsExactly(
                        "id",
                        "flow",
                        "version",
                        "fingerprint",
                        "status",
                        "owner",
                        "epoch",
                        "priority",
                        "createdAt",
                        "endedAt",
                        "tags",
                        "updatedAt",
                        "deadline",
                        "stepsDone",
                        "totalSteps",
                        "fraction",
                        "targets",
                        "current",
                        "interrupted",
                        "failure",
                        "statistics",
                        "tasks",
                        "attempts");
        assertThat(json.at("/fraction").doubleValue()).isEqualTo(0.6);
        assertThat(json.at("/statistics").propertyNames())
                .containsExactly(
                        "completed",
                        "incomplete",
                        "attempts",
                        "failedAttempts",
                        "discardedFailures",
                        "runningMillis",
                        "waitingMillis",
                        "elapsedMillis",
                        "tasks");
        assertThat(json.at("/tasks/0").propertyNames())
                .containsExactly(
                        "name",
                        "kind",
                        "status",
                        "attempts",
                        "done",
                        "total",
                        "fraction",
                        "remainingMillis",
                        "detail",
                        "failure",
                        "after",
                        "parts");
        assertThat(json.at("/tasks/0/fraction").doubleValue()).isEqualTo(0.25);
        assertThat(json.at("/attempts/0").propertyNames())
                .containsExactly(
                        "task",
                        "element",
                        "number",
                        "kind",
                        "status",
                        "startedAt",
                        "endedAt",
                        "dueAt",
                        "tookMillis",
                        "inputHash",
                        "outputHash",
                        "done",
                        "total",
                        "fraction",
                        "remainingMillis",
                        "detail",
                        "failure");
        assertThat(json.at("/attempts/0/failure").propertyNames()).containsExactly("kind", "type", "message", "cause");
    }

    @Test
    void whatCannotBeSaidInNumbersIsNull() {
        String json = RunJson.text(RunJson.of(
                Samples.description(
                        RunStatus.RUNNING,
                        List.of(Samples.busy("unknown", 3, null), Samples.task("silent", TaskStatus.PENDING)),
                        List.of()),
                false,
                false));

        assertThat(json).doesNotContain("NaN").doesNotContain("Infinity");
        assertThat(read(json).at("/tasks"))
                .hasSize(2)
                .allMatch(task -> task.at("/fraction").isNull());
        assertThat(read(json).has("attempts")).isFalse();
    }
}
