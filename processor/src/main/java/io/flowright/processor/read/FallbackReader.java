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
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Name;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/** Finds the method that {@code @Fallback} names, and which of the task's arguments it takes. */
final class FallbackReader {

    private static final int EXCEPTION = -1;

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
        Site site = use.site("value");
        Map<String, List<ExecutableElement>> methods = methods(owner);
        List<ExecutableElement> named = methods.getOrDefault(name, List.of());
        List<PolicyModel.Fallback> fitting = new ArrayList<>();
        for (ExecutableElement method : named) {
            ExecutableType type =
                    (ExecutableType) reading.compilation().types().asMemberOf((DeclaredType) owner.asType(), method);
            if (isCallable(method) && returnsSame(task, type)) {
                match(task, method, type)
                        .map(matched -> new PolicyModel.Fallback(name, method, matched, use.site()))
                        .ifPresent(fitting::add);
            }
        }
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        if (named.isEmpty()) {
            reading.problem(
                    Message.NO_FALLBACK, site, owner.getSimpleName(), name, NearName.question(name, methods.keySet()));
        } else {
            reading.problem(
                    fitting.isEmpty() ? Message.BAD_FALLBACK : Message.AMBIGUOUS_FALLBACK,
                    site,
                    name,
                    TypeNames.ofMethod(task.element()),
                    TypeNames.of(task.type().getReturnType()));
        }
        return new PolicyModel.Fallback(name, null, List.of(), use.site());
    }

    /** By name; a class of thousands of tasks is searched once. */
    private Map<String, List<ExecutableElement>> methods(TypeElement owner) {
        return methods.computeIfAbsent(
                owner,
                type -> ElementFilter.methodsIn(reading.compilation().elements().getAllMembers(type)).stream()
                        .collect(Collectors.groupingBy(
                                method -> method.getSimpleName().toString(), TreeMap::new, Collectors.toList())));
    }

    private boolean isCallable(ExecutableElement method) {
        return method.getTypeParameters().isEmpty()
                && !method.isVarArgs()
                && reading.compilation().isCallable(method, reading.packageName());
    }

    private boolean returnsSame(TaskMethod task, ExecutableType fallback) {
        TypeMirror wanted = task.type().getReturnType();
        TypeMirror given = fallback.getReturnType();
        return reading.compilation().types().isSameType(given, wanted)
                || (!wanted.getKind().isPrimitive()
                        && !given.getKind().isPrimitive()
                        && reading.compilation().fits(given, wanted));
    }

    /** For each parameter of the fallback the index of the task's parameter; empty where it does not fit. */
    private Optional<List<Integer>> match(TaskMethod task, ExecutableElement fallback, ExecutableType type) {
        List<Integer> matched = new ArrayList<>();
        int from = 0;
        for (int index = 0; index < type.getParameterTypes().size(); index++) {
            TypeMirror wanted = type.getParameterTypes().get(index);
            int found = find(task, fallback, index, wanted, from);
            if (found >= 0) {
                matched.add(found);
                from = found + 1;
            } else if (index == type.getParameterTypes().size() - 1 && takesAnyException(wanted)) {
                matched.add(EXCEPTION);
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(List.copyOf(matched));
    }

    /** The task's parameter of that name and type, else the only one of that type; never a guess between two. */
    private int find(TaskMethod task, ExecutableElement fallback, int wanted, TypeMirror type, int from) {
        Name name = fallback.getParameters().get(wanted).getSimpleName();
        List<Integer> candidates = new ArrayList<>();
        for (int index = from; index < task.type().getParameterTypes().size(); index++) {
            TypeMirror given = task.type().getParameterTypes().get(index);
            if (reading.compilation().fits(given, type)) {
                if (task.element().getParameters().get(index).getSimpleName().equals(name)) {
                    return index;
                }
                candidates.add(index);
            }
        }
        boolean allWanted = fallback.getParameters().size()
                >= task.element().getParameters().size();
        return candidates.size() == 1 || (allWanted && !candidates.isEmpty()) ? candidates.get(0) : EXCEPTION;
    }

    private boolean takesAnyException(TypeMirror type) {
        TypeMirror exception = reading.compilation()
                .elements()
                .getTypeElement("java.lang.Exception")
                .asType();
        return reading.compilation().fits(exception, type) && !Reading.isNamed(type, "java.lang.Object");
    }
}
