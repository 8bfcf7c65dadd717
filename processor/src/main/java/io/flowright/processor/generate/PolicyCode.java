package io.flowright.processor.generate;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import io.flowright.processor.model.PolicyModel;
import io.flowright.processor.model.PolicyModel.ExceptionUse;
import io.flowright.processor.model.TaskModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;

/** Writes policies as calls on the graph's builder, without what is the default anyway. */
final class PolicyCode {

    /** This many calls on a policy stay in one line. */
    private static final int MOST_IN_A_LINE = 4;

    private final String flow;

    PolicyCode(String flow) {
        this.flow = flow;
    }

    /** The calls for all policies of a task, each on a line of its own. */
    void addTo(CodeBlock.Builder calls, TaskModel task) {
        PolicyModel policies = task.policies();
        if (policies.retry() != null) {
            calls.add("\n.retry($L)", retry(policies.retry()));
        }
        if (policies.timeout() != null) {
            calls.add("\n.timeout($L)", DurationCode.of(policies.timeout().limit()));
        }
        if (policies.breaker() != null) {
            calls.add("\n.circuitBreaker($L)", breaker(policies.breaker(), task));
        }
        if (policies.rateLimit() != null) {
            calls.add("\n.rateLimit($L)", rateLimit(policies.rateLimit(), task));
        }
        if (policies.bulkhead() != null) {
            calls.add("\n.bulkhead($L)", bulkhead(policies.bulkhead(), task));
        }
        if (policies.fallback() != null) {
            calls.add("\n.fallback()");
        }
        if (policies.idempotent() != null) {
            calls.add("\n.idempotent($L)", DurationCode.of(policies.idempotent().ttl()));
        }
    }

    private static CodeBlock retry(PolicyModel.Retry retry) {
        List<CodeBlock> calls = new ArrayList<>();
        calls.add(CodeBlock.of("$T.attempts($L)", RuntimeTypes.RETRY, retry.maxAttempts()));
        if (!retry.delay().isZero()) {
            calls.add(CodeBlock.of(".delay($L)", DurationCode.of(retry.delay())));
        }
        if (retry.backoff() != 1) {
            calls.add(CodeBlock.of(".backoff($L)", number(retry.backoff())));
        }
        if (!retry.maxDelay().equals(Duration.ofHours(1))) {
            calls.add(CodeBlock.of(".maxDelay($L)", DurationCode.of(retry.maxDelay())));
        }
        if (retry.jitter() != 0) {
            calls.add(CodeBlock.of(".jitter($L)", number(retry.jitter())));
        }
        if (retry.maxDuration() != null) {
            calls.add(CodeBlock.of(".maxDuration($L)", DurationCode.of(retry.maxDuration())));
        }
        if (!isJustException(retry.on())) {
            calls.add(CodeBlock.of(".on($L)", classes(retry.on())));
        }
        if (!retry.abortOn().isEmpty()) {
            calls.add(CodeBlock.of(".abortOn($L)", classes(retry.abortOn())));
        }
        if (!retry.timeouts()) {
            calls.add(CodeBlock.of(".withoutTimeouts()"));
        }
        return chain(calls);
    }

    private CodeBlock breaker(PolicyModel.CircuitBreaker breaker, TaskModel task) {
        List<CodeBlock> calls = new ArrayList<>();
        calls.add(CodeBlock.of(
                "$T.failures($S, $L)", RuntimeTypes.CIRCUIT_BREAKER, name(breaker.name(), task), breaker.failures()));
        if (breaker.of() != breaker.failures()) {
            calls.add(CodeBlock.of(".of($L)", breaker.of()));
        }
        if (!breaker.delay().equals(Duration.ofMinutes(1))) {
            calls.add(CodeBlock.of(".delay($L)", DurationCode.of(breaker.delay())));
        }
        if (breaker.successes() != 1) {
            calls.add(CodeBlock.of(".successes($L)", breaker.successes()));
        }
        if (!isJustException(breaker.on())) {
            calls.add(CodeBlock.of(".on($L)", classes(breaker.on())));
        }
        if (!breaker.ignore().isEmpty()) {
            calls.add(CodeBlock.of(".ignore($L)", classes(breaker.ignore())));
        }
        return chain(calls);
    }

    private CodeBlock rateLimit(PolicyModel.RateLimit limit, TaskModel task) {
        return CodeBlock.of(
                "new $T($S, $L, $L, $L)",
                RuntimeTypes.RATE_LIMIT,
                name(limit.name(), task),
                limit.permits(),
                DurationCode.of(limit.per()),
                DurationCode.of(limit.maxWait()));
    }

    private CodeBlock bulkhead(PolicyModel.Bulkhead bulkhead, TaskModel task) {
        return CodeBlock.of(
                "new $T($S, $L, $L)",
                RuntimeTypes.BULKHEAD,
                name(bulkhead.name(), task),
                bulkhead.max(),
                DurationCode.of(bulkhead.maxWait()));
    }

    /** The policy's own name, or, since policies of one name are one, a name that no other task has. */
    private String name(String name, TaskModel task) {
        return name.isEmpty() ? flow + "." + task.name() : name;
    }

    private static CodeBlock chain(List<CodeBlock> calls) {
        return calls.size() <= MOST_IN_A_LINE
                ? CodeBlock.join(calls, "")
                : CodeBlock.of("$>$>$L$<$<", CodeBlock.join(calls, "\n"));
    }

    private static CodeBlock classes(List<ExceptionUse> failures) {
        return failures.stream()
                .map(failure -> CodeBlock.of("$T.class", TypeName.get(failure.type())))
                .collect(CodeBlock.joining(", "));
    }

    private static boolean isJustException(List<ExceptionUse> failures) {
        return failures.size() == 1 && isException(failures.get(0));
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
