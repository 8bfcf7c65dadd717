package io.flowright.examples.onboarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flowright.examples.jvm.AnotherJvm;
import io.flowright.examples.jvm.Steps;
import io.flowright.examples.server.ScriptedServer.Request;
import io.flowright.jdbc.SqliteStore;
import io.flowright.runtime.Engine;
import io.flowright.runtime.RunStatus;
import io.flowright.runtime.spi.RunStore;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The process that takes a user in is killed, and another goes on: with the steps that are left, or with undoing them. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DurableOnboardingTest {

    @TempDir
    Path directory;

    private Services services;

    @BeforeEach
    void open() throws IOException, SQLException {
        services = new Services(directory);
    }

    @AfterEach
    void close() throws IOException {
        services.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"createAccount", "sendWelcome", "audit"})
    void killed_before_a_task_the_user_is_taken_in_once_all_the_same(String task) throws Exception {
        List<String> begun = runAndKillBefore(task);
        List<String> begunThen = runToTheEnd();

        assertThat(status()).isEqualTo(RunStatus.SUCCEEDED);
        assertTakenInOnce();
        assertThat(begunThen).contains(task).doesNotHaveDuplicates();
        assertThat(begun.subList(0, begun.indexOf(task))).doesNotContainAnyElementsOf(begunThen);
        assertThat(services.mail().mails()).hasSize(1);
        assertThat(services.crm().requests("POST")).hasSize(1);
    }

    @Test
    void killed_between_a_deed_and_its_record_it_asks_again_with_the_same_key() throws Exception {
        services.crm().loseAnswers(1);
        Process process = start();
        CompletableFuture<Void> killed = CompletableFuture.runAsync(() -> {
            await().until(() -> services.crm().contacts().size() == 1);
            process.destroyForcibly();
        });
        assertThat(Steps.follow(process, step -> true)).isNotZero();
        killed.join();

        assertThat(runToTheEnd()).containsExactly(OnboardingFlow.Tasks.UPDATE_CRM, OnboardingFlow.Tasks.AUDIT);

        assertThat(status()).isEqualTo(RunStatus.SUCCEEDED);
        assertTakenInOnce();
        assertThat(services.crm().requests("POST")).hasSize(2);
        assertThat(services.crm().requests("POST").stream()
                        .map(Request::idempotencyKey)
                        .distinct())
                .hasSize(1)
                .doesNotContainNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"updateCrm", "sendWelcome", "createAccount"})
    void killed_while_it_undoes_it_goes_on_with_that_and_undoes_nothing_twice(String task) throws Exception {
        services.crm().refuse(409);
        List<String> begun = runAndKillBefore(task + ".compensation");
        assertThat(services.traces()).contains("account ada");

        List<String> begunThen = runToTheEnd();

        assertThat(status()).isEqualTo(RunStatus.COMPENSATED);
        assertThat(services.traces()).isEmpty();
        assertThat(services.mail().mails()).hasSize(2);
        assertThat(services.crm().requests("POST")).hasSize(1);
        assertThat(services.crm().requests("DELETE")).hasSize(1);
        assertThat(begunThen).startsWith(task + ".compensation").doesNotHaveDuplicates();
        assertThat(begun.subList(0, begun.indexOf(task + ".compensation"))).doesNotContainAnyElementsOf(begunThen);
    }

    // ----------------------------------------------------------------------------------------------------------------

    private List<String> runAndKillBefore(String task) throws Exception {
        List<String> begun = new ArrayList<>();
        int status = Steps.follow(start(), step -> {
            begun.add(step.split(" ")[0]);
            return !begun.contains(task);
        });
        assertThat(begun).contains(task);
        assertThat(status).isNotZero();
        return begun;
    }

    private List<String> runToTheEnd() throws Exception {
        List<String> begun = new ArrayList<>();
        assertThat(Steps.follow(start(), step -> begun.add(step.split(" ")[0]))).isZero();
        return begun;
    }

    private Process start() throws IOException {
        List<String> arguments = new ArrayList<>(List.of(runs().toString()));
        arguments.addAll(services.addresses());
        return AnotherJvm.running(DurableOnboarding.class, List.of(), arguments)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private Path runs() {
        return directory.resolve("runs.db");
    }

    private RunStatus status() {
        try (RunStore store = SqliteStore.open(runs());
                Engine engine = Engine.builder().store(store).build()) {
            return OnboardingFlow.create(services.tasks(), engine)
                    .find(DurableOnboarding.RUN)
                    .orElseThrow()
                    .status();
        }
    }

    private void assertTakenInOnce() throws Exception {
        assertThat(services.traces())
                .containsExactlyInAnyOrder(
                        "account ada",
                        "mailbox ada@example.com",
                        "home ada",
                        "home ada/quota",
                        "contact C1 of account 1",
                        "audit of account 1: onboarded as C1");
    }
}
