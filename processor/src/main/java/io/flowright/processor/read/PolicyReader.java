package io.flowright.processor.read;

import io.flowright.processor.model.ParameterModel;
import io.flowright.processor.model.PolicyModel;
import io.flowright.processor.report.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** Reads what surrounds a task. A policy with a duration that is none is left out; the mistake is reported. */
final class PolicyReader {

    private final Reading reading;
    private final FallbackReader fallbacks;
    private final KeyTemplateReader templates;

    PolicyReader(Reading reading) {
        this.reading = reading;
        this.fallbacks = new FallbackReader(reading);
        this.templates = new KeyTemplateReader(reading);
    }

    PolicyModel read(TaskMethod method, TypeElement owner, List<ParameterModel> parameters) {
        Map<String, AnnotationUse> annotations = method.annotations();
        PolicyModel policies = new PolicyModel(
                retry(annotations.get("Retry")),
                timeout(annotations.get("Timeout")),
                breaker(annotations.get("CircuitBreaker")),
                rateLimit(annotations.get("RateLimit")),
                bulkhead(annotations.get("Bulkhead")),
                fallbacks.read(method, owner, parameters),
                idempotent(annotations.get("Idempotent"), method, parameters));
        return policies.any() ? policies : PolicyModel.NONE;
    }

    private PolicyModel.@Nullable Retry retry(@Nullable AnnotationUse use) {
        if (use == null) {
            return null;
        }
        Optional<Duration> delay = duration(use, "delay");
        Optional<Duration> maxDelay = duration(use, "maxDelay");
        boolean limited = !use.string("maxDuration").isEmpty();
        Optional<Duration> maxDuration = limited ? duration(use, "maxDuration") : Optional.empty();
        if (delay.isEmpty() || maxDelay.isEmpty() || (limited && maxDuration.isEmpty())) {
            return null;
        }
        return new PolicyModel.Retry(
                use.integer("maxAttempts"),
                delay.get(),
                use.decimal("backoff"),
                maxDelay.get(),
                use.decimal("jitter"),
                maxDuration.orElse(null),
                exceptions(use, "on"),
                exceptions(use, "abortOn"),
                use.flag("timeouts"),
                use.site());
    }

    private PolicyModel.@Nullable Timeout timeout(@Nullable AnnotationUse use) {
        return use == null
                ? null
                : duration(use, "value")
                        .map(limit -> new PolicyModel.Timeout(limit, use.site()))
                        .orElse(null);
    }

    private PolicyModel.@Nullable CircuitBreaker breaker(@Nullable AnnotationUse use) {
        if (use == null) {
            return null;
        }
        int failures = use.integer("failures");
        int of = use.integer("of");
        return duration(use, "delay")
                .map(delay -> new PolicyModel.CircuitBreaker(
                        use.string("name"),
                        failures,
                        of == 0 ? failures : of,
                        delay,
                        use.integer("successes"),
                        exceptions(use, "on"),
                        exceptions(use, "ignore"),
                        use.site()))
                .orElse(null);
    }

    private PolicyModel.@Nullable RateLimit rateLimit(@Nullable AnnotationUse use) {
        if (use == null) {
            return null;
        }
        Optional<Duration> per = duration(use, "per");
        Optional<Duration> maxWait = duration(use, "maxWait");
        if (per.isEmpty() || maxWait.isEmpty()) {
            return null;
        }
        return new PolicyModel.RateLimit(
                use.string("name"), use.integer("permits"), per.get(), maxWait.get(), use.site());
    }

    private PolicyModel.@Nullable Bulkhead bulkhead(@Nullable AnnotationUse use) {
        return use == null
                ? null
                : duration(use, "maxWait")
                        .map(maxWait ->
                                new PolicyModel.Bulkhead(use.string("name"), use.integer("max"), maxWait, use.site()))
                        .orElse(null);
    }

    private PolicyModel.@Nullable Idempotent idempotent(
            @Nullable AnnotationUse use, TaskMethod method, List<ParameterModel> parameters) {
        if (use == null) {
            return null;
        }
        Optional<Duration> ttl = duration(use, "ttl");
        Optional<List<PolicyModel.TemplatePart>> parts = templates.read(use, method, parameters);
        return ttl.map(time ->
                        new PolicyModel.Idempotent(use.string("value"), parts.orElse(List.of()), time, use.site()))
                .orElse(null);
    }

    private Optional<Duration> duration(AnnotationUse use, String attribute) {
        String text = use.string(attribute);
        Optional<Duration> duration = DurationText.parse(text);
        if (duration.isEmpty()) {
            String question = DurationText.meant(text)
                    .map(meant -> " Did you mean \"" + meant + "\"?")
                    .orElse("");
            reading.problem(Message.BAD_DURATION, use.site(attribute), attribute, use.name(), text, question);
        }
        return duration;
    }

    private static List<PolicyModel.ExceptionUse> exceptions(AnnotationUse use, String attribute) {
        return use.types(attribute).stream()
                .map(type -> new PolicyModel.ExceptionUse(type.value(), type.site()))
                .toList();
    }
}
