package io.flowright.processor.read;

import io.flowright.processor.model.Site;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.TypeNames;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/** Finds the methods of a class that are tasks or compensations: its own, then those it inherits and does not override. */
final class TaskMethods {

    private final Reading reading;
    private final TypeElement type;
    private final Map<String, List<ExecutableElement>> seen = new HashMap<>();
    private final Set<ExecutableElement> reported = new HashSet<>();
    private final List<TaskMethod> found = new ArrayList<>();

    private TaskMethods(Reading reading, TypeElement type) {
        this.reading = reading;
        this.type = type;
    }

    static List<TaskMethod> of(TypeElement type, Reading reading) {
        TaskMethods methods = new TaskMethods(reading, type);
        methods.hierarchy().forEach(methods::collect);
        return methods.found;
    }

    /** The class, its superclasses, then all interfaces. */
    private Set<TypeElement> hierarchy() {
        Set<TypeElement> hierarchy = new LinkedHashSet<>();
        Deque<TypeMirror> interfaces = new ArrayDeque<>();
        for (TypeMirror next = type.asType();
                next instanceof DeclaredType declared && next.getKind() != TypeKind.ERROR; ) {
            TypeElement element = (TypeElement) declared.asElement();
            hierarchy.add(element);
            interfaces.addAll(element.getInterfaces());
            next = element.getSuperclass();
            reading.unresolved().addFrom(next, Site.of(type));
        }
        while (!interfaces.isEmpty()) {
            TypeMirror next = interfaces.remove();
            reading.unresolved().addFrom(next, Site.of(type));
            if (next.getKind() == TypeKind.DECLARED) {
                TypeElement element = (TypeElement) ((DeclaredType) next).asElement();
                if (hierarchy.add(element)) {
                    interfaces.addAll(element.getInterfaces());
                }
            }
        }
        hierarchy.removeIf(element -> Reading.isNamed(element, "java.lang.Object"));
        return hierarchy;
    }

    private void collect(TypeElement owner) {
        List<ExecutableElement> methods = methods(owner);
        Set<String> fallbacks = new HashSet<>();
        List<TaskMethod> others = new ArrayList<>();
        List<ExecutableElement> kept = new ArrayList<>();
        for (ExecutableElement method : methods) {
            Map<String, AnnotationUse> annotations = AnnotationUse.on(method, reading.unresolved());
            if (isReplaced(method, annotations)) {
                continue;
            }
            kept.add(method);
            TaskMethod candidate = new TaskMethod(method, typeOf(method, owner), annotations);
            if (TaskMethod.isCalled(annotations)) {
                found.add(candidate);
                fallbackOf(candidate).ifPresent(fallbacks::add);
            } else {
                others.add(candidate);
            }
        }
        kept.forEach(method ->
                seen.computeIfAbsent(name(method), name -> new ArrayList<>(1)).add(method));
        others.removeIf(method -> fallbacks.contains(name(method.element())));
        others.forEach(this::reportIfMeantAsTask);
    }

    private static Optional<String> fallbackOf(TaskMethod method) {
        return Optional.ofNullable(method.annotations().get("Fallback")).map(fallback -> fallback.string("value"));
    }

    private List<ExecutableElement> methods(TypeElement owner) {
        List<ExecutableElement> methods = ElementFilter.methodsIn(owner.getEnclosedElements());
        if (reading.compilation().isSource(owner)) {
            return methods;
        }
        // Compilers list the methods of a class file in different orders.
        List<ExecutableElement> sorted = new ArrayList<>(methods);
        sorted.sort(Comparator.comparing(TaskMethods::name).thenComparing(this::erasedParameters));
        return sorted;
    }

    private boolean isReplaced(ExecutableElement method, Map<String, AnnotationUse> annotations) {
        for (ExecutableElement replacement : seen.getOrDefault(name(method), List.of())) {
            if (replaces(replacement, method)) {
                if (TaskMethod.isCalled(annotations)
                        && !TaskMethod.isCalled(AnnotationUse.on(replacement, reading.unresolved()))
                        && reported.add(replacement)) {
                    reading.problem(
                            TaskMethod.isTask(annotations)
                                    ? Message.OVERRIDE_WITHOUT_TASK
                                    : Message.OVERRIDE_WITHOUT_COMPENSATES,
                            Site.of(replacement),
                            TypeNames.ofMethod(replacement),
                            TypeNames.ofMethod(method));
                    // Kept, so that nobody misses what it provides.
                    return false;
                }
                return true;
            }
        }
        return false;
    }

    private boolean replaces(ExecutableElement replacement, ExecutableElement method) {
        if (replacement.getModifiers().contains(Modifier.STATIC)) {
            return erasedParameters(replacement).equals(erasedParameters(method));
        }
        return reading.compilation().elements().overrides(replacement, method, type);
    }

    private String erasedParameters(ExecutableElement method) {
        return method.getParameters().stream()
                .map(parameter -> reading.compilation()
                        .types()
                        .erasure(parameter.asType())
                        .toString())
                .collect(Collectors.joining(","));
    }

    private ExecutableType typeOf(ExecutableElement method, TypeElement owner) {
        return owner.equals(type)
                ? (ExecutableType) method.asType()
                : (ExecutableType) reading.compilation().types().asMemberOf((DeclaredType) type.asType(), method);
    }

    /** A method that only bears our other annotations was meant as a task; nothing would happen with it. */
    private void reportIfMeantAsTask(TaskMethod method) {
        String annotation = method.annotations().keySet().stream().findFirst().orElseGet(() -> onParameter(method));
        if (!annotation.isEmpty()) {
            reading.problem(Message.MISSING_TASK, method.site(), TypeNames.ofMethod(method.element()), annotation);
        }
    }

    private String onParameter(TaskMethod method) {
        return method.element().getParameters().stream()
                .flatMap(parameter -> AnnotationUse.on(parameter, reading.unresolved()).keySet().stream())
                .findFirst()
                .orElse("");
    }

    private static String name(ExecutableElement method) {
        return method.getSimpleName().toString();
    }
}
