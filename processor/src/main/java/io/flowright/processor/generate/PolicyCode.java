package io.flowright.processor.generate;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import io.flowright.processor.model.PolicyModel;
import io.flowright.processor.model.PolicyModel.ExceptionUse;
import java.time.Duration;
import java.util.List;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;

/** Writes policies as calls on the graph's builder, without what is the default anyway. */
final class PolicyCode {

    private PolicyCode() {}

    /** The calls for all policies of a task, each on a line of its own. */
    static void addTo(CodeBlock.Builder calls, PolicyModel policies) {
        if (policies.retry() != null) {
            calls.add("\n.retry($L)", retry(policies.retry()));
        }
        if (policies.timeout() != null) {
            calls.add("\n.timeout($L)", DurationCode.of(policies.timeout().limit()));
        }
        if (policies.breaker() != null) {
            calls.add("\n.circuitBreaker($L)", breaker(policies.breaker()));
        }
        if (policies.rateLimit() != null) {
            calls.add("\n.rateLimit($L)", rateLimit(policies.rateLimit()));
        }
        if (policies.bulkhead() != null) {
            calls.add("\n.bulkhead($L)", bulkhead(policies.bulkhead()));
        }
        if (policies.fallback() != null) {
            calls.add("\n.fallback()");
        }
        if (policies.idempotent() != null) {
            calls.add("\n.idempotent($L)", DurationCode.of(policies.idempotent().ttl()));
        }
    }

    private static CodeBlock retry(PolicyModel.Retry retry) {
        CodeBlock.Builder code = CodeBlock.builder().add("$T.attempts($L)", RuntimeTypes.RETRY, retry.maxAttempts());
        if (!retry.delay().isZero()) {
            code.add(".delay($L)", DurationCode.of(retry.delay()));
        }
        if (retry.backoff() != 1) {
            code.add(".backoff($L)", number(retry.backoff()));
        }
        if (!retry.maxDelay().equals(Duration.ofHours(1))) {
            code.add(".maxDelay($L)", DurationCode.of(retry.maxDelay()));
        }
        if (retry.jitter() != 0) {
            code.add(".jitter($L)", number(retry.jitter()));
        }
        if (retry.maxDuration() != null) {
            code.add(".maxDuration($L)", DurationCode.of(retry.maxDuration()));
        }
        addFailures(code, "on", retry.on(), true);
        addFailures(code, "abortOn", retry.abortOn(), false);
        if (!retry.timeouts()) {
            code.add(".withoutTimeouts()");
        }
        return code.build();
    }

    private static CodeBlock breaker(PolicyModel.CircuitBreaker breaker) {
        CodeBlock.Builder code = CodeBlock.builder()
                .add("$T.failures($S, $L)", RuntimeTypes.CIRCUIT_BREAKER, breaker.name(), breaker.failures());
        if (breaker.of() != breaker.failures()) {
            code.add(".of($L)", breaker.of());
        }
        if (!breaker.delay().equals(Duration.ofMinutes(1))) {
            code.add(".delay($L)", DurationCode.of(breaker.delay()));
        }
        if (breaker.successes() != 1) {
            code.add(".successes($L)", breaker.successes());
        }
        addFailures(code, "on", breaker.on(), true);
        addFailures(code, "ignore", breaker.ignore(), false);
        return code.build();
    }

    private static CodeBlock rateLimit(PolicyModel.RateLimit limit) {
        return CodeBlock.of(
                "new $T($S, $L, $L, $L)",
                RuntimeTypes.RATE_LIMIT,
                limit.name(),
                limit.permits(),
                DurationCode.of(limit.per()),
                DurationCode.of(limit.maxWait()));
    }

    private static CodeBlock bulkhead(PolicyModel.Bulkhead bulkhead) {
        return CodeBlock.of(
                "new $T($S, $L, $L)",
                RuntimeTypes.BULKHEAD,
                bulkhead.name(),
                bulkhead.max(),
                DurationCode.of(bulkhead.maxWait()));
    }

    private static void addFailures(
            CodeBlock.Builder code, String method, List<ExceptionUse> failures, boolean exceptionByDefault) {
        boolean isDefault =
                exceptionByDefault ? failures.size() == 1 && isException(failures.get(0)) : failures.isEmpty();
        if (!isDefault) {
            code.add(
                    ".$L($L)",
                    method,
                    failures.stream()
                            .map(failure -> CodeBlock.of("$T.class", TypeName.get(failure.type())))
                            .collect(CodeBlock.joining(", ")));
        }
    }

    private static boolean isException(ExceptionUse failure) {
        return failure.type() instanceof DeclaredType type
                && ((TypeElement) type.asElement()).getQualifiedName().contentEquals("java.lang.Exception");
    }

    /** {@code 2} for {@code 2.0}, as a person would write it. */
    private static String number(double value) {
        return value == (int) value ? Integer.toString((int) value) : Double.toString(value);
    }
}
