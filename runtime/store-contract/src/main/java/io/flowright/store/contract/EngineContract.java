package io.flowright.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.runtime.spi.FlowVersion;
import io.flowright.runtime.spi.RunActivity;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who is live, what they can run, and what they say they are doing. */
abstract class EngineContract extends StoreFixture {

    private static final FlowVersion NEXT = new FlowVersion("order", "f2");
    private static final FlowVersion RETURNS = new FlowVersion("returns", "f1");

    @Test
    void engineThatHasEnteredRenews() {
        live("a");

        assertThat(store().renew("a", LONG, List.of())).isTrue();
        assertThat(other().renew("a", LONG, List.of())).isTrue();
    }

    @Test
    void enteringTwiceIsEnteringOnce() {
        live("a");
        live("a");

        assertThat(store().renew("a", LONG, List.of())).isTrue();
    }

    @Test
    void engineWhoseLeaseIsOverLearnsItOnceAndIsLiveAgain() {
        store().enter("a", "", SHORT);
        begin("run", "a");
        eventually(() -> assertThat(ids(other().orphans(10))).containsExactly("run"));

        assertThat(store().renew("a", LONG, List.of())).isFalse();

        assertThat(other().orphans(10)).isEmpty();
        assertThat(store().renew("a", LONG, List.of())).isTrue();
    }

    @Test
    void leaseIsAsLongAsTheLastRenewalSays() {
        live("a");
        begin("run", "a");

        store().renew("a", SHORT, List.of());

        eventually(() -> assertThat(ids(other().orphans(10))).containsExactly("run"));
    }

    @Test
    void engineThatNeverEnteredIsLiveFromItsFirstRenewal() {
        begin("run", "a");
        assertThat(ids(store().orphans(10))).containsExactly("run");

        assertThat(store().renew("a", LONG, List.of())).isFalse();

        assertThat(store().orphans(10)).isEmpty();
        assertThat(store().renew("a", LONG, List.of())).isTrue();
    }

    @Test
    void engineThatLeavesIsNotLive() {
        live("a");
        begin("run", "a");

        store().leave("a");
        store().leave("a");

        assertThat(ids(other().orphans(10))).containsExactly("run");
        assertThat(store().renew("a", LONG, List.of())).isFalse();
    }

    @Test
    void engineThatLeavesLeavesTheOthers() {
        live("a");
        live("b");
        begin("run", "b");

        store().leave("a");
        store().leave("never there");

        assertThat(store().orphans(10)).isEmpty();
        assertThat(store().renew("b", LONG, List.of())).isTrue();
    }

    @Test
    void announcedIsWhatLiveEnginesHaveAnnounced() {
        live("a");
        live("b");
        store().announce("a", FLOW, new byte[] {1});
        store().announce("a", RETURNS, new byte[] {1});
        store().announce("b", FLOW, new byte[] {1});
        store().announce("b", NEXT, new byte[] {1});
        store().announce("b", NEXT, new byte[] {1});
        assertThat(other().announced()).isEqualTo(Set.of(FLOW, NEXT, RETURNS));

        store().leave("a");

        assertThat(other().announced()).isEqualTo(Set.of(FLOW, NEXT));
    }

    @Test
    void nothingIsAnnouncedAtFirst() {
        live("a");

        assertThat(store().announced()).isEmpty();
    }

    @Test
    void whatADeadEngineAnnouncedCountsAgainWhenItComesBack() {
        store().enter("a", "", LONG);
        store().announce("a", FLOW, new byte[] {1});
        store().renew("a", SHORT, List.of());
        eventually(() -> assertThat(other().announced()).isEmpty());

        store().renew("a", LONG, List.of());

        assertThat(other().announced()).isEqualTo(Set.of(FLOW));
    }

    @Test
    void activityIsTheLastOneThatWasSaid() {
        live("a");
        begin("run", "a");
        begin("quiet", "a");

        store().renew("a", LONG, List.of(new RunActivity("run", 1, bytes("10 %"))));
        store().renew("a", LONG, List.of(new RunActivity("run", 1, bytes("20 %"))));
        store().renew("a", LONG, List.of());

        assertThat(other().activity("run")).contains(bytes("20 %"));
        assertThat(other().activity("quiet")).isEmpty();
        assertThat(other().activity("never there")).isEmpty();
    }

    @Test
    void activityMayBeEmptyOrLong() {
        live("a");
        begin("empty", "a");
        begin("long", "a");
        byte[] megabyte = new byte[1 << 20];
        megabyte[megabyte.length - 1] = 1;

        store().renew(
                        "a",
                        LONG,
                        List.of(new RunActivity("empty", 1, new byte[0]), new RunActivity("long", 1, megabyte)));

        assertThat(store().activity("empty")).contains(new byte[0]);
        assertThat(store().activity("long")).contains(megabyte);
    }

    @Test
    void activityOfAnOldEpochIsNotHeard() {
        live("a");
        live("b");
        begin("kept", "a");
        begin("lost", "dead");
        store().renew("a", LONG, List.of(new RunActivity("lost", 1, bytes("before"))));
        store().adopt("b", Set.of(FLOW), 10);

        store().renew(
                        "a",
                        LONG,
                        List.of(
                                new RunActivity("lost", 1, bytes("after")),
                                new RunActivity("never there", 1, bytes("nothing")),
                                new RunActivity("kept", 1, bytes("still"))));

        assertThat(store().activity("lost")).contains(bytes("before"));
        assertThat(store().activity("kept")).contains(bytes("still"));
        store().renew("b", LONG, List.of(new RunActivity("lost", 2, bytes("mine now"))));
        assertThat(store().activity("lost")).contains(bytes("mine now"));
    }
}
