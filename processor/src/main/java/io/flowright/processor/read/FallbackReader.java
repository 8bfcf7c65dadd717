package io.flowright.processor.read;

import io.flowright.processor.model.ParameterModel;
import io.flowright.processor.model.PolicyModel;
import io.flowright.processor.model.Site;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.NearName;
import io.flowright.processor.report.TypeNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/** Finds the method that {@code @Fallback} names, and which of the task's arguments it takes. */
final class FallbackReader {

    private final Reading reading;
    private final Map<TypeElement, Map<String, List<ExecutableElement>>> methods = new HashMap<>();

    FallbackReader(Reading reading) {
        this.reading = reading;
    }

    PolicyModel.@Nullable Fallback read(TaskMethod task, TypeElement owner, List<ParameterModel> parameters) {
        AnnotationUse use = task.annotations().get("Fallback");
        if (use == null) {
            return null;
        }
        String name = use.string("value");
        Map<String, List<ExecutableElement>> methods = methods(owner);
        List<StandIn> named = methods.getOrDefault(name, List.of()).stream()
                .map(method -> new StandIn(reading, task, method, (DeclaredType) owner.asType()))
                .toList();
        List<PolicyModel.Fallback> fitting = new ArrayList<>();
        for (StandIn standIn : named) {
            StandIn.Verdict verdict = standIn.judge();
            if (verdict.mistake() == null) {
                fitting.add(fallback(name, standIn.method(), verdict, use));
            } else if (named.size() == 1) {
                report(verdict.mistake(), standIn, verdict.culprit(), task, use);
            }
        }
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        Site site = use.site("value");
        if (named.isEmpty()) {
            reading.problem(
                    Message.NO_FALLBACK, site, owner.getSimpleName(), name, NearName.question(name, methods.keySet()));
        } else if (named.size() > 1) {
            reading.problem(
                    fitting.isEmpty() ? Message.BAD_FALLBACK : Message.AMBIGUOUS_FALLBACK,
                    site,
                    name,
                    TypeNames.ofMethod(task.element()),
                    TypeNames.of(task.type().getReturnType()));
        }
        return new PolicyModel.Fallback(name, null, List.of(), null, use.site());
    }

    private static PolicyModel.Fallback fallback(
            String name, ExecutableElement method, StandIn.Verdict verdict, AnnotationUse use) {
        PolicyModel.ExceptionUse failure =
                verdict.failure() == null ? null : new PolicyModel.ExceptionUse(verdict.failure(), use.site("value"));
        return new PolicyModel.Fallback(name, method, verdict.parameters(), failure, use.site());
    }

    private void report(Message mistake, StandIn standIn, int culprit, TaskMethod task, AnnotationUse use) {
        boolean ofParameter = culprit != StandIn.WHOLE;
        reading.problem(
                mistake,
                use.site("value"),
                TypeNames.ofMethod(standIn.method()),
                TypeNames.ofMethod(task.element()),
                TypeNames.of(task.type().getReturnType()),
                TypeNames.of(standIn.type().getReturnType()),
                ofParameter ? standIn.method().getParameters().get(culprit).getSimpleName() : "",
                ofParameter ? TypeNames.of(standIn.type().getParameterTypes().get(culprit)) : "");
    }

    /** By name; a class of thousands of tasks is searched once. */
    private Map<String, List<ExecutableElement>> methods(TypeElement owner) {
        return methods.computeIfAbsent(
                owner,
                type -> ElementFilter.methodsIn(reading.compilation().elements().getAllMembers(type)).stream()
                        .collect(Collectors.groupingBy(
                                method -> method.getSimpleName().toString(), TreeMap::new, Collectors.toList())));
    }
}
