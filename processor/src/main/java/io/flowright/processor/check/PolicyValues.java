package io.flowright.processor.check;

import io.flowright.processor.model.PolicyModel;
import io.flowright.processor.model.Site;
import io.flowright.processor.model.TaskModel;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.Problems;
import java.time.Duration;

/** Values that the builders of Failsafe would refuse when the flow is created. */
final class PolicyValues implements Rule {

    @Override
    public void check(Wiring wiring, Problems problems) {
        for (TaskModel task : wiring.methods()) {
            PolicyModel policies = task.policies();
            if (policies.retry() != null) {
                check(policies.retry(), problems);
            }
            if (policies.timeout() != null) {
                positive(
                        policies.timeout().limit(),
                        "value",
                        "@Timeout",
                        policies.timeout().site(),
                        problems);
            }
            if (policies.breaker() != null) {
                check(policies.breaker(), problems);
            }
            if (policies.rateLimit() != null) {
                PolicyModel.RateLimit limit = policies.rateLimit();
                atLeastOne(limit.permits(), "permits", "@RateLimit", limit.site(), problems);
                positive(limit.per(), "per", "@RateLimit", limit.site(), problems);
            }
            if (policies.bulkhead() != null) {
                atLeastOne(
                        policies.bulkhead().max(),
                        "max",
                        "@Bulkhead",
                        policies.bulkhead().site(),
                        problems);
            }
            if (policies.idempotent() != null) {
                positive(
                        policies.idempotent().ttl(),
                        "ttl",
                        "@Idempotent",
                        policies.idempotent().site(),
                        problems);
            }
        }
    }

    private static void check(PolicyModel.Retry retry, Problems problems) {
        Site site = retry.site();
        atLeastOne(retry.maxAttempts(), "maxAttempts", "@Retry", site, problems);
        if (!(retry.backoff() >= 1)) {
            problems.add(Message.BAD_BACKOFF, site.attribute("backoff"), retry.backoff());
        } else if (retry.backoff() > 1 && retry.delay().isZero()) {
            problems.add(Message.BACKOFF_WITHOUT_DELAY, site.attribute("backoff"), retry.backoff());
        } else if (retry.backoff() > 1 && retry.delay().compareTo(retry.maxDelay()) >= 0) {
            notBelow(retry.delay(), "maxDelay", retry.maxDelay(), site, problems);
        }
        if (!(retry.jitter() >= 0 && retry.jitter() <= 1)) {
            problems.add(Message.BAD_JITTER, site.attribute("jitter"), retry.jitter());
        }
        if (retry.maxDuration() != null && retry.delay().compareTo(retry.maxDuration()) >= 0) {
            notBelow(retry.delay(), "maxDuration", retry.maxDuration(), site, problems);
        }
    }

    private static void check(PolicyModel.CircuitBreaker breaker, Problems problems) {
        Site site = breaker.site();
        atLeastOne(breaker.failures(), "failures", "@CircuitBreaker", site, problems);
        if (breaker.failures() >= 1 && breaker.of() < breaker.failures()) {
            problems.add(Message.MORE_FAILURES_THAN_CALLS, site.attribute("of"), breaker.failures(), breaker.of());
        }
        atLeastOne(breaker.successes(), "successes", "@CircuitBreaker", site, problems);
    }

    private static void notBelow(Duration delay, String attribute, Duration other, Site site, Problems problems) {
        problems.add(Message.DELAY_NOT_BELOW, site.attribute(attribute), attribute, delay, other);
    }

    private static void positive(Duration value, String attribute, String annotation, Site site, Problems problems) {
        if (value.isZero()) {
            problems.add(Message.NO_TIME, site.attribute(attribute), attribute, annotation);
        }
    }

    private static void atLeastOne(int value, String attribute, String annotation, Site site, Problems problems) {
        if (value < 1) {
            problems.add(Message.BELOW_ONE, site.attribute(attribute), attribute, annotation, value);
        }
    }
}
