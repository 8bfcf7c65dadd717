package io.flowright.store.contract;

import static io.flowright.runtime.spi.RunWrite.Outcome.STALE;
import static io.flowright.runtime.spi.RunWrite.Outcome.WRITTEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.spi.KeyClaim;
import io.flowright.runtime.spi.KeyName;
import io.flowright.runtime.spi.KeyWrite;
import io.flowright.runtime.spi.RunRecord;
import io.flowright.runtime.spi.RunStore;
import io.flowright.runtime.spi.RunWrite;
import io.flowright.runtime.spi.TaskRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The tests that every {@link RunStore} must pass. Who writes a store extends this class, says how the store is opened, and runs the
 * class with JUnit:
 *
 * <pre>{@code
 * class MyStoreTest extends RunStoreContract {
 *     @TempDir Path folder;
 *
 *     @Override protected RunStore openStore() { return MyStore.open(folder); }
 *
 *     @Override protected RunStore openAgain(RunStore store) { return MyStore.open(folder); }
 * }
 * }</pre>
 *
 * <p>Each test has a store of its own, empty and opened twice, as two processes would. Times are compared to the microsecond. The tests
 * wait for leases of some milliseconds to end, never for one not to; so they are as fast as the store, and hold on a busy machine.
 *
 * @since 0.1
 */
public abstract class RunStoreContract extends AdministrationContract {

    private static final KeyName KEY = new KeyName("order", "charge", "0123456789abcdef");

    private static final Instant PAST = Instant.parse("2001-01-01T00:00:00Z");
    private static final Instant FUTURE = Instant.parse("2999-01-01T00:00:00Z");

    private static final KeyClaim BUSY = new KeyClaim.Busy();

    /** For stores of any kind. */
    protected RunStoreContract() {}

    // ---- claims on keys ------------------------------------------------------------------------------------------

    @Test
    void keyThatNobodyHasIsClaimed() {
        begin("run", "live");

        assertThat(store().claim(KEY, "run", 1)).contains(owned(0));
    }

    @Test
    void keyIsKnownByAllItsParts() {
        begin("run", "live");
        begin("other", "live");
        store().claim(KEY, "run", 1);

        for (KeyName key : List.of(
                new KeyName("Order", KEY.task(), KEY.hash()),
                new KeyName(KEY.flow(), "thumb.charge", KEY.hash()),
                new KeyName(KEY.flow(), KEY.task(), "fedcba9876543210"))) {
            assertThat(store().claim(key, "other", 1)).contains(owned(0));
        }
        assertThat(store().claim(KEY, "other", 1)).contains(BUSY);
    }

    @Test
    void runThatHasTheKeyHasItWhenItClaimsAgain() {
        begin("run", "live");
        store().claim(KEY, "run", 1);

        assertThat(other().claim(KEY, "run", 1)).contains(owned(0));
    }

    @Test
    void keyOfAnotherRunThatGoesOnIsBusy() {
        begin("run", "live");
        begin("other", "adopter");
        store().claim(KEY, "run", 1);

        assertThat(other().claim(KEY, "other", 1)).contains(BUSY);
        assertThat(store().claim(KEY, "run", 1)).contains(owned(0));
    }

    @Test
    void keyOfARunWithoutALiveOwnerIsTakenOver() {
        begin("run", "dead");
        begin("other", "live");
        store().claim(KEY, "run", 1);

        assertThat(store().claim(KEY, "other", 1)).contains(owned(0));

        assertThat(store().adopt("adopter", Set.of(FLOW), 10))
                .extracting(RunRecord::epoch)
                .containsExactly(3L);
        assertThat(store().claim(KEY, "run", 3)).contains(BUSY);
    }

    @Test
    void ownerThatHasLostAKeyWithoutKnowingRecordsNothingMore() {
        begin("run", "dead");
        begin("other", "live");
        store().claim(KEY, "run", 1);
        store().claim(KEY, "other", 1);

        assertThat(write(keys("run", 1, complete("second", FUTURE)))).isEqualTo(STALE);
        assertThat(store().find("run").orElseThrow().owner()).isNull();
        assertThat(store().orphans(10)).extracting(RunRecord::id).containsExactly("run");
    }

    @Test
    void runThatHasEndedStaysAsItIsWhenItLosesAKey() {
        begin("run", "live");
        begin("other", "live");
        store().claim(KEY, "run", 1);
        write(change("run", 1, RunStatus.FAILED, true));
        RunRecord before = store().find("run").orElseThrow();

        assertThat(store().claim(KEY, "other", 1)).contains(owned(0));
        assertThat(store().find("run").orElseThrow().epoch()).isEqualTo(before.epoch());
    }

    @Test
    void keyOfARunWhoseOwnerFellSilentIsTakenOver() {
        store().enter("silent", "", SHORT);
        begin("run", "silent");
        begin("other", "live");
        store().claim(KEY, "run", 1);

        eventually(() -> assertThat(store().claim(KEY, "other", 1)).contains(owned(0)));
    }

    @Test
    void keyOfARunThatIsNoLongerActiveIsTakenOver() {
        begin("other", "live");
        for (RunStatus status : RunStatus.values()) {
            if (status == RunStatus.PENDING || status == RunStatus.WAITING) {
                continue;
            }
            KeyName key = new KeyName("order", "charge", status.name());
            String run = "run-" + status;
            begin(run, "live");
            store().claim(key, run, 1);
            write(change(run, 1, status, false));

            assertThat(store().claim(key, "other", 1)).as("%s", status).contains(status.isActive() ? BUSY : owned(0));
        }
    }

    @Test
    void adoptedRunKeepsItsKeys() {
        begin("run", "dead");
        begin("other", "live");
        store().claim(KEY, "run", 1);
        store().adopt("adopter", Set.of(FLOW), 10);

        assertThat(store().claim(KEY, "other", 1)).contains(BUSY);
        assertThat(store().claim(KEY, "run", 1)).isEmpty();
        assertThat(store().claim(KEY, "run", 2)).contains(owned(0));
    }

    @Test
    void runWhoseEpochIsOverClaimsNothing() {
        begin("run", "dead");
        begin("other", "live");
        store().adopt("adopter", Set.of(FLOW), 10);

        assertThat(store().claim(KEY, "run", 1)).isEmpty();
        assertThat(store().claim(KEY, "run", 3)).isEmpty();
        assertThat(store().claim(KEY, "never there", 1)).isEmpty();

        assertThat(store().claim(KEY, "other", 1)).contains(owned(0));
    }

    @Test
    void ofTwoRunsThatClaimTogetherOneGetsTheKey() throws Exception {
        begin("run0", "live");
        begin("run1", "adopter");
        for (int round = 0; round < 20; round++) {
            KeyName key = new KeyName("order", "charge", "round" + round);
            List<Callable<Optional<KeyClaim>>> calls = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                int number = i;
                calls.add(() -> handle(number).claim(key, "run" + number, 1));
            }

            List<KeyClaim> claims =
                    together(calls).stream().flatMap(Optional::stream).toList();

            assertThat(claims).containsExactlyInAnyOrder(owned(0), BUSY);
        }
    }

    // ---- what a run writes of its keys ---------------------------------------------------------------------------

    @Test
    void completedKeyGivesItsResult() {
        begin("run", "live");
        begin("other", "live");
        store().claim(KEY, "run", 1);

        assertThat(write(keys("run", 1, complete("receipt", FUTURE)))).isEqualTo(WRITTEN);

        assertCompleted(other().claim(KEY, "other", 1), bytes("receipt"), 0);
        assertCompleted(store().claim(KEY, "run", 1), bytes("receipt"), 0);
    }

    @Test
    void completedKeyOutlivesItsRun() {
        begin("run", "live");
        begin("other", "live");
        store().claim(KEY, "run", 1);
        write(keys("run", 1, complete("receipt", FUTURE)));
        write(change("run", 1, RunStatus.SUCCEEDED, true));

        assertCompleted(store().claim(KEY, "other", 1), bytes("receipt"), 0);
    }

    @Test
    void resultMayBeMissingEmptyOrLong() {
        begin("run", "live");
        List<byte @Nullable []> results = new ArrayList<>();
        results.add(null);
        results.add(new byte[0]);
        results.add(new byte[1 << 20]);
        for (int i = 0; i < results.size(); i++) {
            KeyName key = new KeyName("order", "charge", "result" + i);
            store().claim(key, "run", 1);

            write(keys("run", 1, new KeyWrite.Complete(key, results.get(i), FUTURE)));

            assertCompleted(store().claim(key, "run", 1), results.get(i), 0);
        }
    }

    @Test
    void expiredResultIsForgottenAndTheKeyClaimedAgain() {
        begin("run", "live");
        begin("other", "live");
        begin("third", "live");
        store().claim(KEY, "run", 1);
        write(keys("run", 1, complete("receipt", PAST)));

        assertThat(store().claim(KEY, "other", 1)).contains(owned(0));

        assertThat(store().claim(KEY, "third", 1)).contains(BUSY);
        write(keys("other", 1, complete("new receipt", FUTURE)));
        assertCompleted(store().claim(KEY, "third", 1), bytes("new receipt"), 0);
    }

    @Test
    void onlyTheRunThatHasTheKeyCompletesIt() {
        begin("run", "live");
        begin("other", "live");

        assertThat(write(keys("other", 1, complete("never claimed", FUTURE)))).isEqualTo(WRITTEN);
        assertThat(store().claim(KEY, "run", 1)).contains(owned(0));
        assertThat(write(keys("other", 1, complete("of another", FUTURE)))).isEqualTo(WRITTEN);

        assertThat(store().claim(KEY, "run", 1)).contains(owned(0));
        assertThat(store().claim(KEY, "other", 1)).contains(BUSY);
    }

    @Test
    void runThatLostTheKeyDoesNotCompleteIt() {
        begin("run", "dead");
        begin("other", "live");
        begin("third", "live");
        store().claim(KEY, "run", 1);
        store().claim(KEY, "other", 1);

        KeyWrite[] late = {complete("late", FUTURE), new KeyWrite.GiveUp(KEY)};

        assertThat(write(keys("run", 1, late))).isEqualTo(STALE);
        store().adopt("adopter", Set.of(FLOW), 10);
        assertThat(write(keys("run", 3, late))).isEqualTo(WRITTEN);

        assertThat(store().claim(KEY, "third", 1)).contains(BUSY);
        assertThat(store().claim(KEY, "other", 1)).contains(owned(0));
    }

    @Test
    void completionThatIsRepeatedChangesNothing() {
        begin("run", "live");
        begin("other", "live");
        store().claim(KEY, "run", 1);
        write(keys("run", 1, complete("receipt", FUTURE)));

        assertThat(write(keys("run", 1, complete("receipt", FUTURE)))).isEqualTo(WRITTEN);
        assertThat(write(keys("run", 1, new KeyWrite.GiveUp(KEY)))).isEqualTo(WRITTEN);

        assertCompleted(store().claim(KEY, "other", 1), bytes("receipt"), 0);
    }

    @Test
    void keyThatIsGivenUpIsForAnyone() {
        begin("run", "live");
        begin("other", "live");
        store().claim(KEY, "run", 1);

        assertThat(write(keys("other", 1, new KeyWrite.GiveUp(KEY)))).isEqualTo(WRITTEN);
        assertThat(store().claim(KEY, "other", 1)).contains(BUSY);
        assertThat(write(keys("run", 1, new KeyWrite.GiveUp(KEY)))).isEqualTo(WRITTEN);
        assertThat(store().claim(KEY, "other", 1)).contains(owned(0));
        assertThat(write(keys("run", 1, new KeyWrite.GiveUp(KEY)))).isEqualTo(WRITTEN);

        assertThat(store().claim(KEY, "run", 1)).contains(BUSY);
    }

    @Test
    void revokedKeyIsClaimedWithTheNextGeneration() {
        begin("run", "live");
        begin("other", "live");
        store().claim(KEY, "run", 1);
        write(keys("run", 1, complete("receipt", FUTURE)));

        assertThat(write(keys("run", 1, new KeyWrite.Revoke(KEY, 0)))).isEqualTo(WRITTEN);
        assertThat(write(keys("run", 1, new KeyWrite.Revoke(KEY, 0)))).isEqualTo(WRITTEN);

        assertThat(store().claim(KEY, "other", 1)).contains(owned(1));
        write(keys("other", 1, complete("second receipt", FUTURE)));
        assertThat(write(keys("run", 1, new KeyWrite.Revoke(KEY, 0)))).isEqualTo(WRITTEN);
        assertCompleted(store().claim(KEY, "run", 1), bytes("second receipt"), 1);
        write(keys("other", 1, new KeyWrite.Revoke(KEY, 1)));
        assertThat(store().claim(KEY, "run", 1)).contains(owned(2));
    }

    @Test
    void generationOutlivesWhateverHappensToTheKey() {
        begin("run", "live");
        begin("other", "dead");
        store().claim(KEY, "run", 1);
        write(keys("run", 1, complete("receipt", FUTURE), new KeyWrite.Revoke(KEY, 0)));

        assertThat(store().claim(KEY, "run", 1)).contains(owned(1));
        write(keys("run", 1, new KeyWrite.GiveUp(KEY)));
        assertThat(store().claim(KEY, "other", 1)).contains(owned(1));
        assertThat(store().claim(KEY, "run", 1)).contains(owned(1));
        write(keys("run", 1, complete("receipt", PAST)));
        assertThat(store().claim(KEY, "run", 1)).contains(owned(1));
    }

    @Test
    void runThatUndoesWhatItHadOnlyBegunLetsTheKeyGo() {
        begin("run", "live");
        begin("other", "live");
        store().claim(KEY, "run", 1);

        write(keys("run", 1, new KeyWrite.Revoke(KEY, 0)));

        assertThat(store().claim(KEY, "other", 1)).contains(owned(1));
    }

    @Test
    void revocationOfAResultThatExpiredLeavesTheKeyToWhoHasItNow() {
        begin("run", "live");
        begin("other", "live");
        begin("third", "live");
        store().claim(KEY, "run", 1);
        write(keys("run", 1, complete("receipt", PAST)));
        store().claim(KEY, "other", 1);

        write(keys("run", 1, new KeyWrite.Revoke(KEY, 0)));

        assertThat(store().claim(KEY, "third", 1)).contains(BUSY);
        write(keys("other", 1, new KeyWrite.GiveUp(KEY)));
        assertThat(store().claim(KEY, "third", 1)).contains(owned(1));
    }

    @Test
    void keysAreWrittenWithTheirTask() {
        begin("run", "live");
        begin("other", "live");
        KeyName second = new KeyName("order", "ship", "00");
        store().claim(KEY, "run", 1);
        store().claim(second, "run", 1);
        TaskRecord task = succeeded("charge");
        List<KeyWrite> keys = List.of(complete("receipt", FUTURE), new KeyWrite.GiveUp(second));
        RunWrite.Change change = new RunWrite.Change(RunStatus.SUCCEEDED, null, true, NOW);

        List<RunWrite.Outcome> outcomes = store().write(List.of(
                beginning("begun", newRun("live")),
                new RunWrite("run", 1, null, List.of(task), keys, change),
                tasks("other", 1, task)));

        assertThat(outcomes).hasSize(3).containsOnly(WRITTEN);
        assertSame(store().tasks("run"), List.of(task));
        assertThat(found("run").status()).isEqualTo(RunStatus.SUCCEEDED);
        assertCompleted(store().claim(KEY, "other", 1), bytes("receipt"), 0);
        assertThat(store().claim(second, "other", 1)).contains(owned(0));
    }

    @Test
    void keysOfAStaleWriteAreRefusedWithIt() {
        begin("run", "dead");
        begin("other", "live");
        KeyName second = new KeyName("order", "ship", "00");
        KeyName third = new KeyName("order", "bill", "00");
        for (KeyName key : List.of(KEY, second, third)) {
            store().claim(key, "run", 1);
        }
        write(keys("run", 1, new KeyWrite.Complete(third, null, FUTURE)));
        store().adopt("adopter", Set.of(FLOW), 10);
        List<KeyWrite> keys =
                List.of(complete("late", FUTURE), new KeyWrite.GiveUp(second), new KeyWrite.Revoke(third, 0));

        assertThat(store().write(List.of(
                        new RunWrite("run", 1, null, List.of(succeeded("charge")), keys, null),
                        tasks("other", 1, succeeded("load")))))
                .containsExactly(STALE, WRITTEN);

        assertThat(store().tasks("run")).isEmpty();
        assertThat(store().claim(KEY, "run", 2)).contains(owned(0));
        assertThat(store().claim(second, "other", 1)).contains(BUSY);
        assertCompleted(store().claim(third, "other", 1), null, 0);
    }

    private static KeyClaim owned(long generation) {
        return new KeyClaim.Owned(generation);
    }

    private static KeyWrite complete(String result, Instant expiresAt) {
        return new KeyWrite.Complete(KEY, bytes(result), expiresAt);
    }

    private static void assertCompleted(Optional<KeyClaim> claim, byte @Nullable [] result, long generation) {
        assertThat(claim).isPresent();
        assertSame(claim.get(), new KeyClaim.Completed(result, generation));
    }
}
