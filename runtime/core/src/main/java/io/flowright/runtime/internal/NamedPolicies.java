package io.flowright.runtime.internal;

import io.flowright.runtime.generated.BulkheadSpec;
import io.flowright.runtime.generated.CircuitBreakerSpec;
import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.generated.RateLimitSpec;
import io.flowright.runtime.generated.TaskSpec;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The circuit breakers, rate limiters and bulkheads of an engine. Those with one name are one, over all its flows. */
final class NamedPolicies {

    private final Shelf<CircuitBreakerSpec, Breaker> breakers;
    private final Shelf<RateLimitSpec, Limiter> limiters;
    private final Shelf<BulkheadSpec, Waitroom> bulkheads;

    /** @param breakerChanged is told the name and the new state of a breaker, outside of all locks */
    NamedPolicies(BiConsumer<String, String> breakerChanged) {
        breakers = new Shelf<>(
                "circuit breaker",
                CircuitBreakerSpec::name,
                spec -> new Breaker(spec, state -> breakerChanged.accept(spec.name(), state)));
        limiters = new Shelf<>("rate limiter", RateLimitSpec::name, Limiter::new);
        bulkheads = new Shelf<>("bulkhead", BulkheadSpec::name, Waitroom::new);
    }

    /**
     * Takes in the policies of a flow.
     *
     * @throws IllegalStateException if one has the name of another with other settings
     */
    void register(FlowGraph graph) {
        // Direct tasks have no policy.
        int first = graph.direct() ? graph.size() : 0;
        for (int number = first; number < graph.size() + graph.compensations().size(); number++) {
            TaskSpec task = graph.task(number);
            breakers.register(task.breaker(), graph, task);
            limiters.register(task.rateLimit(), graph, task);
            bulkheads.register(task.bulkhead(), graph, task);
        }
    }

    Breaker breaker(CircuitBreakerSpec spec) {
        return breakers.get(spec);
    }

    Limiter limiter(RateLimitSpec spec) {
        return limiters.get(spec);
    }

    Waitroom bulkhead(BulkheadSpec spec) {
        return bulkheads.get(spec);
    }

    /** All policies of one kind. */
    private static final class Shelf<S extends Record, P> {

        private final String kind;
        private final Function<S, String> name;
        private final Function<S, P> create;
        private final Map<String, User<S>> firstUsers = new ConcurrentHashMap<>();
        private final Map<String, P> policies = new ConcurrentHashMap<>();

        Shelf(String kind, Function<S, String> name, Function<S, P> create) {
            this.kind = kind;
            this.name = name;
            this.create = create;
        }

        void register(@Nullable S spec, FlowGraph graph, TaskSpec task) {
            if (spec == null) {
                return;
            }
            User<S> user = new User<>(graph.name(), task.name(), spec);
            User<S> first = firstUsers.putIfAbsent(name.apply(spec), user);
            if (first != null && !first.spec.equals(spec)) {
                throw new IllegalStateException(kind + " " + name.apply(spec) + " has two settings in this engine: "
                        + first + "; " + user + "; rename one of them, or make them equal");
            }
        }

        P get(S spec) {
            return policies.computeIfAbsent(name.apply(spec), any -> create.apply(spec));
        }
    }

    /** A task with a policy. */
    private record User<S extends Record>(String flow, String task, S spec) {
        @Override
        public String toString() {
            return "task " + task + " of flow " + flow + " says " + spec;
        }
    }
}
