package io.flowright.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowright.runtime.generated.BulkheadSpec;
import io.flowright.runtime.generated.CircuitBreakerSpec;
import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.generated.RateLimitSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamedPoliciesTest {

    private static final CircuitBreakerSpec BREAKER = CircuitBreakerSpec.failures("psp", 1);
    private static final RateLimitSpec LIMIT = new RateLimitSpec("psp", 1, Duration.ofDays(1), Duration.ZERO);
    private static final BulkheadSpec BULKHEAD = new BulkheadSpec("psp", 1, Duration.ZERO);

    private final List<String> changes = new ArrayList<>();
    private final NamedPolicies policies = new NamedPolicies((name, state) -> changes.add(name + " " + state));

    private static FlowGraph flow(String flow, CircuitBreakerSpec breaker, RateLimitSpec limit, BulkheadSpec bulkhead) {
        FlowGraph.Builder graph = FlowGraph.builder(flow, "");
        graph.task("load", "OrderTasks.load").provides("order");
        graph.task("charge", "OrderTasks.charge")
                .requires("order")
                .managed()
                .circuitBreaker(breaker)
                .rateLimit(limit)
                .bulkhead(bulkhead);
        return graph.build();
    }

    @Test
    void areOnePerName() {
        Breaker breaker = policies.breaker(BREAKER);
        assertThat(breaker.tryAcquire()).isTrue();
        breaker.failed(new IOException());
        policies.limiter(LIMIT).reserve(Duration.ZERO);
        policies.bulkhead(BULKHEAD).tryAcquire();

        assertThat(policies.breaker(CircuitBreakerSpec.failures("psp", 1)).tryAcquire())
                .isFalse();
        assertThat(policies.limiter(LIMIT).reserve(Duration.ZERO)).isNull();
        assertThat(policies.bulkhead(BULKHEAD).tryAcquire()).isFalse();
        assertThat(changes).containsExactly("psp OPEN");
    }

    @Test
    void areTwoUnderTwoNames() {
        policies.limiter(LIMIT).reserve(Duration.ZERO);

        assertThat(policies.limiter(new RateLimitSpec("bank", 1, Duration.ofDays(1), Duration.ZERO))
                        .reserve(Duration.ZERO))
                .isZero();
    }

    @Test
    void mayBeSharedByFlowsThatSayTheSame() {
        policies.register(flow("order", BREAKER, LIMIT, BULKHEAD));
        policies.register(flow("order", BREAKER, LIMIT, BULKHEAD));
        policies.register(flow("invoice", CircuitBreakerSpec.failures("psp", 1), LIMIT, BULKHEAD));
    }

    @Test
    void refuseTwoSettingsOfOneBreakerAndNameBoth() {
        policies.register(flow("order", BREAKER, LIMIT, BULKHEAD));
        FlowGraph other = flow("invoice", CircuitBreakerSpec.failures("psp", 7), LIMIT, BULKHEAD);

        assertThatThrownBy(() -> policies.register(other))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(
                        "circuit breaker psp",
                        "task charge of flow order",
                        "says failures=1, of=1, delay=1m, successes=1, on=[java.lang.Exception], ignore=[];",
                        "task charge of flow invoice",
                        "failures=7");
    }

    @Test
    void refuseTwoSettingsOfOneLimiter() {
        policies.register(flow("order", BREAKER, LIMIT, BULKHEAD));
        RateLimitSpec changed = new RateLimitSpec("psp", 2, Duration.ofDays(1), Duration.ZERO);

        assertThatThrownBy(() -> policies.register(flow("invoice", BREAKER, changed, BULKHEAD)))
                .hasMessageContainingAll(
                        "rate limiter psp", "says permits=1, per=1d, maxWait=0s", "says permits=2, per=1d, maxWait=0s");
    }

    @Test
    void refuseTwoSettingsOfOneBulkhead() {
        policies.register(flow("order", BREAKER, LIMIT, BULKHEAD));
        BulkheadSpec changed = new BulkheadSpec("psp", 3, Duration.ZERO);

        assertThatThrownBy(() -> policies.register(flow("invoice", BREAKER, LIMIT, changed)))
                .hasMessageContainingAll("bulkhead psp", "says max=1, maxWait=0s", "says max=3, maxWait=0s");
    }
}
