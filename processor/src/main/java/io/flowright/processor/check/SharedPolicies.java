package io.flowright.processor.check;

import io.flowright.processor.model.PolicyModel;
import io.flowright.processor.model.Site;
import io.flowright.processor.model.TaskModel;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.Problems;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;

/** Breakers, limiters and bulkheads of one name with different settings. Across flows, the engine checks the same. */
final class SharedPolicies implements Rule {

    private record Shared(String kind, String name) {}

    private record First(TaskModel task, List<Object> settings) {}

    @Override
    public void check(Wiring wiring, Problems problems) {
        Map<Shared, First> known = new HashMap<>();
        for (TaskModel task : wiring.methods()) {
            PolicyModel policies = task.policies();
            PolicyModel.CircuitBreaker breaker = policies.breaker();
            if (breaker != null) {
                Shared shared = new Shared("circuit breaker", breaker.name());
                check(shared, task, settings(breaker), breaker.site(), known, problems);
            }
            PolicyModel.RateLimit limit = policies.rateLimit();
            if (limit != null) {
                Shared shared = new Shared("rate limit", limit.name());
                List<Object> settings = List.of(limit.permits(), limit.per(), limit.maxWait());
                check(shared, task, settings, limit.site(), known, problems);
            }
            PolicyModel.Bulkhead bulkhead = policies.bulkhead();
            if (bulkhead != null) {
                Shared shared = new Shared("bulkhead", bulkhead.name());
                List<Object> settings = List.of(bulkhead.max(), bulkhead.maxWait());
                check(shared, task, settings, bulkhead.site(), known, problems);
            }
        }
    }

    private static void check(
            Shared shared,
            TaskModel task,
            List<Object> settings,
            Site site,
            Map<Shared, First> known,
            Problems problems) {
        if (shared.name().isEmpty()) {
            return;
        }
        First first = known.putIfAbsent(shared, new First(task, settings));
        if (first != null && !first.settings().equals(settings)) {
            problems.add(
                    Message.SHARED_POLICY_CONFLICT,
                    site,
                    task.displayName(),
                    first.task().displayName(),
                    shared.kind(),
                    shared.name());
        }
    }

    private static List<Object> settings(PolicyModel.CircuitBreaker breaker) {
        return List.of(
                breaker.failures(),
                breaker.of(),
                breaker.delay(),
                breaker.successes(),
                names(breaker.on()),
                names(breaker.ignore()));
    }

    private static List<String> names(List<PolicyModel.ExceptionUse> uses) {
        return uses.stream()
                .map(use -> ((TypeElement) ((DeclaredType) use.type()).asElement())
                        .getQualifiedName()
                        .toString())
                .sorted()
                .toList();
    }
}
