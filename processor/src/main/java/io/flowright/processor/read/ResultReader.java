package io.flowright.processor.read;

import io.flowright.processor.model.ControlModel;
import io.flowright.processor.model.KeyModel;
import io.flowright.processor.model.Site;
import io.flowright.processor.model.TaskModel;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.TypeNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Reads what a task gives. */
final class ResultReader {

    private static final String OUTCOME = "io.flowright.runtime.Outcome";

    private final Reading reading;

    ResultReader(Reading reading) {
        this.reading = reading;
    }

    /**
     * What a task gives.
     *
     * @param type of a stage, what it completes with; void for {@code Void} too
     */
    record Result(
            TaskModel.Result kind,
            TypeMirror type,
            boolean stage,
            boolean nullable,
            boolean nullnessKnown,
            List<KeyModel> keys) {}

    /** @param forEach how the task runs for each element; null: it runs once */
    Result read(TaskMethod method, ControlModel.@Nullable ForEach forEach) {
        TypeMirror returned = method.type().getReturnType();
        reading.unresolved().addFrom(returned, method.site());
        boolean stage = isStage(returned);
        TypeMirror value = valueOf(returned, reading);
        if (isVoid(value)) {
            value = reading.compilation().types().getNoType(TypeKind.VOID);
        }
        boolean known = value.getKind().isPrimitive()
                || value.getKind() == TypeKind.VOID
                || reading.compilation().showsNullness(method.element());
        boolean nullable = value.getKind() != TypeKind.VOID
                && (!known
                        || Nullness.isNullable(method.element(), value)
                        || (!stage && Nullness.isNullable(method.element().getReturnType())));
        AnnotationUse provides = method.annotations().get("Provides");
        if (provides == null) {
            return new Result(TaskModel.Result.NOTHING, value, stage, nullable, known, List.of());
        }
        List<AnnotationUse.Item<String>> names = provides.strings("value");
        if (names.size() > 1 && forEach != null) {
            reading.problem(Message.FOR_EACH_COMPONENTS, provides.site("value"), TypeNames.ofMethod(method.element()));
            return new Result(
                    TaskModel.Result.COMPONENTS,
                    value,
                    stage,
                    nullable,
                    known,
                    names.stream().map(this::unknown).toList());
        }
        if (names.size() > 1) {
            List<KeyModel> keys = components(method, provides, names, value, known && nullable);
            return new Result(TaskModel.Result.COMPONENTS, value, stage, nullable, known, keys);
        }
        String name = names.isEmpty()
                ? method.element().getSimpleName().toString()
                : names.get(0).value();
        Site site = names.isEmpty() ? method.site() : names.get(0).site();
        TaskModel.Result kind = value.getKind() == TypeKind.VOID ? TaskModel.Result.ORDER : TaskModel.Result.VALUE;
        boolean optional = Reading.isOptional(value);
        TypeMirror type = optional ? reading.optionalValue(value) : value;
        if (forEach != null && kind == TaskModel.Result.VALUE) {
            TypeMirror list = listOf(type, forEach.collect());
            KeyModel key = new KeyModel(name, list, false, provides.flag("keep"), false, site);
            return new Result(kind, list, stage, nullable, known, List.of(key));
        }
        KeyModel key = new KeyModel(name, type, nullable, provides.flag("keep"), optional, site);
        return new Result(kind, value, stage, nullable, known, List.of(key));
    }

    private List<KeyModel> components(
            TaskMethod method,
            AnnotationUse provides,
            List<AnnotationUse.Item<String>> names,
            TypeMirror value,
            boolean nullable) {
        if (!isRecord(value) || nullable) {
            reading.problem(
                    nullable ? Message.NULLABLE_RECORD : Message.NO_RECORD,
                    provides.site("value"),
                    TypeNames.ofMethod(method.element()),
                    TypeNames.of(value));
            return names.stream().map(this::unknown).toList();
        }
        DeclaredType type = (DeclaredType) value;
        TypeElement record = (TypeElement) type.asElement();
        List<KeyModel> keys = new ArrayList<>();
        for (AnnotationUse.Item<String> name : names) {
            Optional<? extends RecordComponentElement> component = record.getRecordComponents().stream()
                    .filter(each -> each.getSimpleName().contentEquals(name.value()))
                    .findFirst();
            if (component.isEmpty()) {
                reading.problem(
                        Message.NO_COMPONENT, name.site(), TypeNames.of(value), name.value(), components(record));
                keys.add(unknown(name));
            } else {
                keys.add(key(name, type, component.get(), provides.flag("keep")));
            }
        }
        return List.copyOf(keys);
    }

    /** A key of no known type, so that its consumers are not told that it is missing. */
    private KeyModel unknown(AnnotationUse.Item<String> name) {
        TypeMirror none = reading.compilation().types().getNoType(TypeKind.NONE);
        return new KeyModel(name.value(), none, false, true, false, name.site());
    }

    private KeyModel key(
            AnnotationUse.Item<String> name, DeclaredType record, RecordComponentElement component, boolean keep) {
        TypeMirror type = Projection.returnType(
                record, component.getAccessor(), reading.compilation().types());
        boolean nullable = Nullness.isNullable(component, type, reading.compilation());
        reading.unresolved().addFrom(type, name.site());
        boolean optional = Reading.isOptional(type);
        return new KeyModel(
                name.value(), optional ? reading.optionalValue(type) : type, nullable, keep, optional, name.site());
    }

    private static String components(TypeElement record) {
        return record.getRecordComponents().stream()
                .map(component -> component.getSimpleName().toString())
                .collect(Collectors.joining(", "));
    }

    private static boolean isRecord(TypeMirror type) {
        return type.getKind() == TypeKind.DECLARED
                && ((DeclaredType) type).asElement().getKind() == ElementKind.RECORD;
    }

    private static boolean isStage(TypeMirror type) {
        return Reading.isNamed(type, "java.util.concurrent.CompletionStage")
                || Reading.isNamed(type, "java.util.concurrent.CompletableFuture");
    }

    private static TypeMirror stageValue(DeclaredType stage, Reading reading) {
        List<? extends TypeMirror> arguments = stage.getTypeArguments();
        return arguments.isEmpty()
                ? reading.compilation()
                        .elements()
                        .getTypeElement("java.lang.Object")
                        .asType()
                : Wildcards.upperBound(arguments.get(0), reading.compilation().elements());
    }

    /** What a task that runs for each element provides. */
    private TypeMirror listOf(TypeMirror result, boolean outcomes) {
        Types types = reading.compilation().types();
        TypeMirror element = result instanceof PrimitiveType primitive
                ? types.boxedClass(primitive).asType()
                : result;
        TypeElement outcome = outcomes ? reading.compilation().elements().getTypeElement(OUTCOME) : null;
        return types.getDeclaredType(
                reading.compilation().elements().getTypeElement("java.util.List"),
                outcome == null ? element : types.getDeclaredType(outcome, element));
    }

    /** Of a stage, what it completes with; else the type itself. */
    static TypeMirror valueOf(TypeMirror returned, Reading reading) {
        return isStage(returned) ? stageValue((DeclaredType) returned, reading) : returned;
    }

    private static boolean isVoid(TypeMirror type) {
        return type.getKind() == TypeKind.VOID || Reading.isNamed(type, "java.lang.Void");
    }
}
