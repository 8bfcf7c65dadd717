package io.flowright.processor.read;

import io.flowright.processor.model.KeyUse;
import io.flowright.processor.model.ParameterModel;
import io.flowright.processor.model.Site;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.TypeNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Reads what a task takes. */
final class ParameterReader {

    private static final String CONTEXT = "io.flowright.runtime.TaskContext";
    private static final String FAILURE = "io.flowright.runtime.FlowFailure";
    private static final String PROGRESS = "io.flowright.runtime.Progress";

    private final Reading reading;

    ParameterReader(Reading reading) {
        this.reading = reading;
    }

    List<ParameterModel> read(TaskMethod method) {
        List<ParameterModel> parameters = new ArrayList<>();
        for (int index = 0; index < method.element().getParameters().size(); index++) {
            VariableElement parameter = method.element().getParameters().get(index);
            parameters.add(read(
                    method, parameter, index, method.type().getParameterTypes().get(index)));
        }
        return List.copyOf(parameters);
    }

    private ParameterModel read(TaskMethod method, VariableElement parameter, int index, TypeMirror type) {
        Site site = Site.of(parameter);
        reading.unresolved().addFrom(type, site);
        Map<String, AnnotationUse> annotations = AnnotationUse.on(parameter, reading.unresolved());
        if (Reading.isNamed(type, CONTEXT) || Reading.isNamed(type, PROGRESS)) {
            annotations.values().stream().findFirst().ifPresent(use -> reportInjected(method, parameter, type, use));
            return Reading.isNamed(type, CONTEXT)
                    ? new ParameterModel.Context(site)
                    : new ParameterModel.ProgressSink(site);
        }
        if (Reading.isNamed(type, FAILURE)) {
            if (!TaskMethod.isCompensation(method.annotations())) {
                reading.problem(Message.FAILURE_OF_TASK, site, TypeNames.ofMethod(method.element()));
            }
            return new ParameterModel.Failure(site);
        }
        AnnotationUse requires = annotations.get("Requires");
        AnnotationUse input = annotations.get("Input");
        if (requires != null && input != null) {
            reading.problem(
                    Message.INPUT_AND_KEY, site, TypeNames.ofMethod(method.element()), parameter.getSimpleName());
            return new ParameterModel.Broken(site);
        }
        boolean nullable = isNullable(parameter, type);
        AnnotationUse forEach = annotations.get("ForEach");
        if (forEach != null) {
            if (requires != null || input != null) {
                reading.problem(
                        Message.FOR_EACH_AND_KEY,
                        site,
                        TypeNames.ofMethod(method.element()),
                        parameter.getSimpleName(),
                        requires != null ? "Requires" : "Input");
                return new ParameterModel.Broken(site);
            }
            return new ParameterModel.Element(
                    new KeyUse(forEach.string("value"), forEach.site("value")), type, nullable, site);
        }
        if (input != null) {
            Optional<String> name = input.string("value").isEmpty()
                    ? nameOf(method, parameter, index)
                    : Optional.of(input.string("value"));
            return name.<ParameterModel>map(known -> new ParameterModel.Input(
                            known, type, nullable, input.has("value") ? input.site("value") : site))
                    .orElseGet(() -> new ParameterModel.Broken(site));
        }
        if (requires != null) {
            return keys(method, requires, parameter, index, type, nullable);
        }
        reportUnannotated(method, parameter);
        return new ParameterModel.Broken(site);
    }

    private void reportInjected(TaskMethod method, VariableElement parameter, TypeMirror type, AnnotationUse use) {
        reading.problem(
                Message.INJECTED_PARAMETER,
                use.site(),
                TypeNames.ofMethod(method.element()),
                parameter.getSimpleName(),
                TypeNames.of(type),
                use.name());
    }

    private void reportUnannotated(TaskMethod method, VariableElement parameter) {
        Optional<String> foreign = parameter.getAnnotationMirrors().stream()
                .map(annotation -> annotation.getAnnotationType().asElement())
                .filter(annotation -> annotation.getSimpleName().contentEquals("Requires")
                        || annotation.getSimpleName().contentEquals("Input"))
                .map(Object::toString)
                .findFirst();
        Message message = foreign.isPresent() ? Message.FOREIGN_PARAMETER : Message.UNANNOTATED_PARAMETER;
        reading.problem(
                message,
                Site.of(parameter),
                TypeNames.ofMethod(method.element()),
                parameter.getSimpleName(),
                foreign.orElse(""));
    }

    private ParameterModel keys(
            TaskMethod method,
            AnnotationUse requires,
            VariableElement parameter,
            int index,
            TypeMirror type,
            boolean nullable) {
        Site site = Site.of(parameter);
        List<KeyUse> uses = new ArrayList<>();
        requires.strings("value").forEach(name -> uses.add(new KeyUse(name.value(), name.site())));
        if (uses.isEmpty()) {
            nameOf(method, parameter, index).ifPresent(name -> uses.add(new KeyUse(name, site)));
        }
        if (uses.isEmpty()) {
            return new ParameterModel.Broken(site);
        }
        if (uses.size() == 1) {
            boolean optional = Reading.isOptional(type);
            return new ParameterModel.Key(
                    uses.get(0), optional ? reading.optionalValue(type) : type, nullable, optional, site);
        }
        boolean map = Reading.isNamed(type, "java.util.Map");
        TypeMirror element = elementOf(type, map);
        if (element == null) {
            reading.problem(
                    Message.NO_COLLECTION,
                    site,
                    TypeNames.ofMethod(method.element()),
                    parameter.getSimpleName(),
                    TypeNames.of(type));
            return new ParameterModel.Broken(site);
        }
        boolean optional = Reading.isOptional(bound(element));
        TypeMirror value = optional ? reading.optionalValue(bound(element)) : bound(element);
        return new ParameterModel.Keys(
                List.copyOf(uses), value, map, Nullness.isNullable(element), optional, type, site);
    }

    /** The type of the elements of a {@code List<T>} or {@code Map<String, T>}; null for any other type. */
    private static @Nullable TypeMirror elementOf(TypeMirror type, boolean map) {
        if (!map && !Reading.isNamed(type, "java.util.List")) {
            return null;
        }
        List<? extends TypeMirror> arguments = ((DeclaredType) type).getTypeArguments();
        if (map) {
            return arguments.size() == 2 && Reading.isNamed(arguments.get(0), "java.lang.String")
                    ? arguments.get(1)
                    : null;
        }
        return arguments.size() == 1 ? arguments.get(0) : null;
    }

    /** {@code Order} for {@code ? extends Order}. */
    private TypeMirror bound(TypeMirror type) {
        return Wildcards.upperBound(type, reading.compilation().elements());
    }

    private Optional<String> nameOf(TaskMethod method, VariableElement parameter, int index) {
        if (reading.isNameless(parameter, index)) {
            reading.problem(
                    Message.UNKNOWN_PARAMETER_NAME,
                    Site.of(parameter),
                    TypeNames.ofMethod(method.element()),
                    index + 1);
            return Optional.empty();
        }
        return Optional.of(parameter.getSimpleName().toString());
    }

    private boolean isNullable(VariableElement parameter, TypeMirror type) {
        return Nullness.isNullable(parameter, type)
                || Nullness.isNullable(parameter.asType())
                || (!type.getKind().isPrimitive() && !reading.compilation().showsNullness(parameter));
    }
}
