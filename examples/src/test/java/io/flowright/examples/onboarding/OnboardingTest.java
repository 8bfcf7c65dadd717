package io.flowright.examples.onboarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.flowright.examples.onboarding.OnboardingTasks.Signup;
import io.flowright.examples.server.ScriptedServer.Request;
import io.flowright.runtime.BusinessFailure;
import io.flowright.runtime.DeadlineExceededException;
import io.flowright.runtime.Engine;
import io.flowright.runtime.FlowEvent;
import io.flowright.runtime.FlowFailedException;
import io.flowright.runtime.Run;
import io.flowright.runtime.RunConflictException;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.RunSnapshot;
import io.flowright.runtime.RunStatus;
import io.flowright.runtime.TaskSnapshot;
import io.flowright.runtime.TaskStatus;
import io.flowright.runtime.TaskTimeoutException;
import io.flowright.runtime.listeners.CapturingListener;
import io.flowright.runtime.spi.FlowClock;
import io.flowright.runtime.spi.VirtualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever goes wrong on the way, a user is taken in once and wholly, or leaves no trace. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OnboardingTest {

    private static final Signup ADA = new Signup("ada", "Ada Lovelace");
    private static final String[] ALL_OF_ADA = {
        "account ada",
        "mailbox ada@example.com",
        "home ada",
        "home ada/quota",
        "contact C1 of account 1",
        "audit of account 1: onboarded as C1"
    };

    @TempDir
    Path directory;

    private final CapturingListener events = new CapturingListener();
    private final VirtualClock clock = FlowClock.virtual();
    private final Engine engine = Engine.builder().listener(events).build();
    private final Engine virtual =
            Engine.builder().listener(events).clock(clock).build();
    private Services services;

    @BeforeEach
    void open() throws IOException, SQLException {
        services = new Services(directory);
    }

    @AfterEach
    void close() throws IOException {
        engine.close();
        virtual.close();
        services.close();
    }

    // ---- who is taken in -------------------------------------------------------------------------------------------

    @Test
    void a_user_gets_account_home_mailbox_welcome_and_contact() throws Exception {
        OnboardingFlow.Result result = flow(engine).run(ADA);

        assertThat(result.contact()).isEqualTo("C1");
        assertThat(services.traces()).containsExactlyInAnyOrder(ALL_OF_ADA);
        assertThat(services.mail().mails()).singleElement().asString().contains("Subject: Welcome, Ada Lovelace");
    }

    @Test
    void a_crm_that_fails_twice_gets_the_same_key_three_times_and_has_one_contact() throws Exception {
        services.crm().refuse(500, 500);

        Run<OnboardingFlow.Result> run = flow(engine).start(ADA);

        assertThat(run.result().contact()).isEqualTo("C1");
        assertThat(run.snapshot().task(OnboardingFlow.Tasks.UPDATE_CRM).attempts())
                .isEqualTo(3);
        assertThat(services.crm().requests("POST")).hasSize(3);
        assertThat(services.crm().requests("POST"))
                .extracting(Request::idempotencyKey)
                .doesNotContainNull()
                .containsOnly(services.crm().requests("POST").get(0).idempotencyKey());
        assertThat(services.traces()).containsExactlyInAnyOrder(ALL_OF_ADA);
    }

    @Test
    void a_crm_whose_answer_gets_lost_is_asked_again_and_has_one_contact() throws Exception {
        services.crm().loseAnswers(1);

        Run<OnboardingFlow.Result> run = flow(virtual).start(ADA);
        timeOutAttempt(1);
        passPauseBeforeAttempt(2);

        assertThat(run.result().contact()).isEqualTo("C1");
        assertThat(services.crm().requests("POST")).hasSize(2);
        assertThat(services.traces()).containsExactlyInAnyOrder(ALL_OF_ADA);
    }

    @Test
    void the_same_request_twice_is_one_account() throws Exception {
        OnboardingFlow flow = flow(engine);

        Run<OnboardingFlow.Result> first = flow.start(RunOptions.id("signup-17"), ADA);
        Run<OnboardingFlow.Result> second = flow.start(RunOptions.id("signup-17"), ADA);

        assertThat(second.result().account()).isEqualTo(first.result().account());
        assertThat(services.traces()).containsExactlyInAnyOrder(ALL_OF_ADA);
        assertThat(services.mail().mails()).hasSize(1);
        assertThatThrownBy(() -> flow.start(RunOptions.id("signup-17"), new Signup("charles", "Charles Babbage")))
                .isInstanceOf(RunConflictException.class);
    }

    // ---- who is not ------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(ints = {400, 409})
    void whom_the_crm_refuses_leaves_no_trace_but_an_apology(int status) throws Exception {
        services.crm().refuse(status);

        FlowFailedException failure = failureOf(flow(engine).start(ADA));

        assertThat(failure)
                .hasCauseInstanceOf(BusinessFailure.class)
                .hasRootCauseMessage("the CRM refuses: status " + status)
                .hasNoSuppressedExceptions();
        assertThat(failure.task()).isEqualTo(OnboardingFlow.Tasks.UPDATE_CRM);
        assertThat(failure.run().status()).isEqualTo(RunStatus.COMPENSATED);
        assertThat(services.crm().requests("POST")).hasSize(1);
        assertThat(services.traces()).isEmpty();
        assertThat(services.mail().mails()).hasSize(2).last().asString().contains("Subject: Sorry, Ada Lovelace");
    }

    @Test
    void what_was_done_is_undone_in_reverse_order() {
        services.crm().refuse(409);

        failureOf(flow(engine).start(ADA));

        assertUndoneBefore("updateCrm", "sendWelcome");
        assertUndoneBefore("sendWelcome", "provision");
        assertUndoneBefore("sendWelcome", "reserveMailbox");
        assertUndoneBefore("provision", "createAccount");
        assertUndoneBefore("reserveMailbox", "createAccount");
    }

    @Test
    void one_thread_undoes_in_exactly_the_reverse_order() throws Exception {
        services.crm().refuse(409);

        try (Engine sequential = Engine.builder().sequential().listener(events).build()) {
            failureOf(flow(sequential).start(ADA));
        }

        assertThat(events.events(FlowEvent.TaskCompensated.class))
                .extracting(FlowEvent.TaskCompensated::task)
                .containsExactly("updateCrm", "sendWelcome", "reserveMailbox", "provision", "createAccount");
        assertThat(services.traces()).isEmpty();
    }

    @Test
    void a_contact_that_was_never_acknowledged_is_deleted() throws Exception {
        services.crm().loseAnswers(3);

        Run<OnboardingFlow.Result> run = flow(virtual).start(ADA);
        timeOutAttempt(1);
        passPauseBeforeAttempt(2);
        timeOutAttempt(2);
        passPauseBeforeAttempt(3);
        timeOutAttempt(3);

        assertThat(failureOf(run)).hasCauseInstanceOf(TaskTimeoutException.class);
        assertThat(run.status()).isEqualTo(RunStatus.COMPENSATED);
        assertThat(services.crm().requests("DELETE")).extracting(Request::path).containsExactly("/contacts?account=1");
        assertThat(services.traces()).isEmpty();
    }

    @Test
    void a_contact_that_was_acknowledged_is_deleted_by_its_id() throws Exception {
        services.execute("ALTER TABLE audit ADD CONSTRAINT read_only CHECK (FALSE)");

        FlowFailedException failure = failureOf(flow(engine).start(ADA));

        assertThat(failure).hasCauseInstanceOf(SQLException.class);
        assertThat(services.crm().requests("DELETE")).extracting(Request::path).containsExactly("/contacts/C1");
        assertThat(services.traces()).isEmpty();
    }

    @Test
    void who_is_not_ready_by_the_deadline_leaves_no_trace() throws Exception {
        services.crm().loseAnswers(1);

        Run<OnboardingFlow.Result> run = flow(virtual).start(RunOptions.deadline(Duration.ofSeconds(3)), ADA);
        await().until(() -> services.crm().contacts().size() == 1);
        clock.advance(Duration.ofSeconds(3));

        FlowFailedException failure = failureOf(run);
        assertThat(failure).hasCauseInstanceOf(DeadlineExceededException.class);
        assertThat(failure.task()).isNull();
        assertThat(run.status()).isEqualTo(RunStatus.COMPENSATED);
        assertThat(services.traces()).isEmpty();
    }

    @Test
    void a_home_that_is_only_half_made_is_removed() throws Exception {
        Files.createDirectories(services.homes().resolve("ada").resolve("quota"));

        FlowFailedException failure = catchThrowableOfType(
                FlowFailedException.class, () -> flow(engine).run(ADA));

        assertThat(failure).hasCauseInstanceOf(IOException.class);
        assertThat(failure.run().status()).isEqualTo(RunStatus.COMPENSATED);
        assertThat(services.traces()).isEmpty();
        assertThat(services.mail().mails()).isEmpty();
    }

    @Test
    void who_has_an_account_keeps_it_when_the_name_is_taken() throws Exception {
        flow(engine).run(ADA);

        FlowFailedException failure = failureOf(flow(engine).start(new Signup("ada", "Ada Yonath")));

        assertThat(failure.task()).isEqualTo(OnboardingFlow.Tasks.CREATE_ACCOUNT);
        assertThat(events.events(FlowEvent.TaskCompensated.class)).isEmpty();
        assertThat(services.traces()).containsExactlyInAnyOrder(ALL_OF_ADA);
    }

    // ---- compensations that fail -----------------------------------------------------------------------------------

    @Test
    void an_apology_that_cannot_be_sent_stops_no_other_compensation() throws Exception {
        services.crm().refuse(409);
        services.mail().room(1);

        FlowFailedException failure = failureOf(flow(engine).start(ADA));

        assertThat(failure.run().status()).isEqualTo(RunStatus.COMPENSATION_FAILED);
        assertThat(failure).hasCauseInstanceOf(BusinessFailure.class);
        assertThat(failure.getSuppressed())
                .singleElement()
                .isInstanceOfSatisfying(
                        IOException.class,
                        apology -> assertThat(apology).hasMessage("the mail server says: 452 no room"));
        assertThat(compensation(failure.snapshot(), "sendWelcome.compensation"))
                .hasToString("sendWelcome.compensation COMPENSATION_FAILED after 3 attempts: "
                        + "java.io.IOException: the mail server says: 452 no room");
        assertThat(failure.snapshot().compensations())
                .filteredOn(compensation -> compensation.status() == TaskStatus.COMPENSATED)
                .hasSize(4);
        assertThat(services.traces()).isEmpty();
    }

    @Test
    void resuming_sends_the_apology_and_undoes_nothing_twice() throws Exception {
        services.crm().refuse(409);
        services.mail().room(1);
        Run<OnboardingFlow.Result> run = flow(engine).start(ADA);
        failureOf(run);
        events.clear();

        services.mail().room(2);
        run.resume();
        failureOf(run);

        assertThat(run.status()).isEqualTo(RunStatus.COMPENSATED);
        assertThat(events.events(FlowEvent.TaskStarted.class))
                .extracting(FlowEvent.TaskStarted::task)
                .containsExactly("sendWelcome.compensation");
        assertThat(services.mail().mails()).last().asString().contains("Subject: Sorry, Ada Lovelace");
    }

    // ----------------------------------------------------------------------------------------------------------------

    private OnboardingFlow flow(Engine on) {
        return OnboardingFlow.create(services.tasks(), on);
    }

    private static FlowFailedException failureOf(Run<OnboardingFlow.Result> run) {
        return catchThrowableOfType(FlowFailedException.class, run::result);
    }

    private static TaskSnapshot compensation(RunSnapshot snapshot, String name) {
        return snapshot.compensations().stream()
                .filter(compensation -> compensation.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Waits until the CRM has carried out the attempt, and lets its answer be late. */
    private void timeOutAttempt(int attempt) {
        await().until(() -> services.crm().contacts().size() == 1
                && services.crm().requests("POST").size() == attempt);
        clock.advance(Duration.ofSeconds(5));
    }

    /** Waits until nothing but the pause before the next attempt is left to wait for. */
    private void passPauseBeforeAttempt(int attempt) {
        await().until(() -> clock.pending() == 1
                && events.events(FlowEvent.RetryScheduled.class).size() == attempt - 1);
        clock.advance(Duration.ofMillis(200));
    }

    /** The compensation of {@code earlier} had ended when that of {@code later} began. */
    private void assertUndoneBefore(String earlier, String later) {
        List<String> log = events.events().stream()
                .filter(event -> event instanceof FlowEvent.TaskCompensated || event instanceof FlowEvent.TaskStarted)
                .map(event -> event instanceof FlowEvent.TaskCompensated undone
                        ? "undone " + undone.task()
                        : "started " + ((FlowEvent.TaskStarted) event).task())
                .toList();
        assertThat(log).containsSubsequence("undone " + earlier, "started " + later + ".compensation");
    }
}
