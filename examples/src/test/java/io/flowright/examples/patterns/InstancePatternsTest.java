package io.flowright.examples.patterns;

import static io.flowright.examples.patterns.Tasks.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flowright.examples.patterns.DesignTimeInstancesTasks.ReviewTasks;
import io.flowright.runtime.Engine;
import io.flowright.runtime.QuorumNotReachedException;
import io.flowright.runtime.Run;
import io.flowright.runtime.RunStatus;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Several executions of one piece of a flow (13, 14, 26, 34 to 36). */
class InstancePatternsTest {

    private static final Callable<String> FAILING = () -> {
        throw new IOException("no connection");
    };

    private final Queue<String> asked = new ConcurrentLinkedQueue<>();

    private <T> Callable<T> answering(String name, T answer) {
        return () -> {
            asked.add(name);
            return answer;
        };
    }

    /** Somebody who answers only when interrupted, and then by that. */
    private final class Hesitant implements Callable<String> {

        final CountDownLatch asking = new CountDownLatch(1);
        final CountDownLatch interrupted = new CountDownLatch(1);

        @Override
        public String call() throws InterruptedException {
            asking.countDown();
            try {
                new CountDownLatch(1).await();
                throw new AssertionError("nobody counts that down");
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        }
    }

    @EachEngine
    void as_many_instances_run_as_were_included(Engine engine) {
        Run<DesignTimeInstancesFlow.Result> run = DesignTimeInstancesFlow.create(
                        new DesignTimeInstancesTasks(), new ReviewTasks("Ada"), new ReviewTasks("Bob"), engine)
                .start("ACME");

        assertThat(run.result().summary())
                .isEqualTo("Ada read the contract with ACME; Bob read the contract with ACME");
        assertThat(succeeded(run)).containsExactlyInAnyOrder("contract", "law.opinion", "finance.opinion", "summary");
    }

    @EachEngine
    void an_instance_runs_for_each_element(Engine engine) {
        RunTimeInstancesFlow flow = RunTimeInstancesFlow.create(new RunTimeInstancesTasks(), engine);

        RunTimeInstancesFlow.Result result = flow.run("one\ntwo words\nthree more words");

        assertThat(result.words()).containsExactly(1, 2, 3);
        assertThat(result.total()).isEqualTo(6);
        assertThat(flow.run("").words()).isEmpty();
    }

    @EachEngine
    void the_join_comes_with_the_quorum_and_who_was_not_asked_is_not(Engine engine) {
        PartialJoinFlow.Result result = PartialJoinFlow.create(new PartialJoinTasks(), engine)
                .run(List.of(FAILING, answering("Ada", "Ada"), answering("Bob", "Bob")));

        assertThat(result.signatures()).containsExactly("Ada", "Bob");
        assertThat(result.decision()).isEqualTo("signed by Ada and Bob of 3");
    }

    @Test
    void one_thread_asks_no_further_than_the_quorum() {
        try (Engine engine = Engine.builder().sequential().build()) {
            PartialJoinFlow.create(new PartialJoinTasks(), engine)
                    .run(List.of(answering("Ada", "Ada"), answering("Bob", "Bob"), answering("Eve", "Eve")));
        }

        assertThat(asked).containsExactly("Ada", "Bob");
    }

    @Test
    void who_has_not_answered_when_the_quorum_is_reached_is_interrupted() {
        Hesitant eve = new Hesitant();
        Callable<String> bob = () -> {
            eve.asking.await();
            return "Bob";
        };

        PartialJoinFlow.Result result =
                PartialJoinFlow.create(new PartialJoinTasks()).run(List.of(eve, answering("Ada", "Ada"), bob));

        assertThat(result.signatures()).containsExactly("Ada", "Bob");
        assertThat(eve.interrupted.getCount()).isZero();
    }

    @EachEngine
    void a_quorum_that_cannot_be_reached_fails_the_run(Engine engine) {
        PartialJoinFlow flow = PartialJoinFlow.create(new PartialJoinTasks(), engine);

        assertThatThrownBy(() -> flow.run(List.of(FAILING, answering("Ada", "Ada"), FAILING)))
                .hasCauseInstanceOf(QuorumNotReachedException.class)
                .hasRootCauseInstanceOf(IOException.class);
    }

    @Test
    void when_an_offer_is_good_enough_nobody_else_is_asked() {
        CountDownLatch slow = new CountDownLatch(1);
        CountDownLatch dearAsked = new CountDownLatch(1);
        Callable<Integer> dear = () -> {
            dearAsked.countDown();
            slow.await();
            return 9;
        };
        Callable<Integer> cheap = () -> {
            dearAsked.await();
            return answering("cheap", 3).call();
        };
        Run<DynamicPartialJoinFlow.Result> run = DynamicPartialJoinFlow.create(new DynamicPartialJoinTasks())
                .start(5, List.of(dear, cheap, answering("late", 1)));

        await().until(() -> Long.valueOf(2).equals(run.snapshot().task("ask").done()));
        slow.countDown();

        assertThat(run.result().offers()).containsExactly(9, 3);
        assertThat(run.result().best()).isEqualTo(3);
        assertThat(asked).containsExactly("cheap");
    }

    @EachEngine
    void when_no_offer_is_good_enough_everybody_is_asked(Engine engine) {
        DynamicPartialJoinFlow flow = DynamicPartialJoinFlow.create(new DynamicPartialJoinTasks(), engine);

        assertThat(flow.run(1, List.of(answering("a", 9), answering("b", 3), answering("c", 7)))
                        .offers())
                .containsExactly(9, 3, 7);
    }

    @Test
    void one_thread_asks_no_further_than_the_first_good_offer() {
        try (Engine engine = Engine.builder().sequential().build()) {
            DynamicPartialJoinFlow flow = DynamicPartialJoinFlow.create(new DynamicPartialJoinTasks(), engine);

            assertThat(flow.run(5, List.of(answering("a", 9), answering("b", 3), answering("c", 1)))
                            .offers())
                    .containsExactly(9, 3);
        }
        assertThat(asked).containsExactly("a", "b");
    }

    @EachEngine
    void failures_are_collected_and_judged_when_all_have_ended(Engine engine) {
        CollectedInstancesFlow flow = CollectedInstancesFlow.create(new CollectedInstancesTasks(), engine);

        assertThat(flow.run(List.of(FAILING, answering("a", "ok"), answering("b", "ok")))
                        .healthy())
                .isTrue();
        assertThat(flow.run(List.of(FAILING, answering("c", "ok"), FAILING)).healthy())
                .isFalse();
        assertThat(asked).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void one_failure_withdraws_all_instances_and_the_flow_goes_on() {
        Hesitant second = new Hesitant();
        Callable<String> first = () -> {
            second.asking.await();
            return FAILING.call();
        };
        Run<CancelInstancesFlow.Result> run =
                CancelInstancesFlow.create(new CancelInstancesTasks()).start(List.of(first, second));

        assertThat(run.result().film()).isEqualTo("a test picture");
        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(run.snapshot().warnings()).hasSize(1);
        assertThat(second.interrupted.getCount()).isZero();
    }

    @Test
    void one_thread_starts_no_instance_after_the_failure() {
        try (Engine engine = Engine.builder().sequential().build()) {
            CancelInstancesFlow.Result result = CancelInstancesFlow.create(new CancelInstancesTasks(), engine)
                    .run(List.of(answering("a", "a"), FAILING, answering("c", "c")));

            assertThat(result.film()).isEqualTo("a test picture");
        }
        assertThat(asked).containsExactly("a");
    }

    @EachEngine
    void without_a_failure_all_instances_run(Engine engine) {
        CancelInstancesFlow flow = CancelInstancesFlow.create(new CancelInstancesTasks(), engine);

        assertThat(flow.run(Collections.nCopies(3, answering("part", "la"))).film())
                .isEqualTo("lalala");
    }
}
