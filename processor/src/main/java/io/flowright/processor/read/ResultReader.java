package io.flowright.processor.read;

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
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Reads what a task gives. */
final class ResultReader {

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

    Result read(TaskMethod method) {
        TypeMirror returned = method.type().getReturnType();
        reading.unresolved().addFrom(returned, method.site());
        boolean stage = isStage(returned);
        TypeMirror value = stage ? stageValue((DeclaredType) returned) : returned;
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
        if (names.size() > 1) {
            List<KeyModel> keys = components(method, provides, names, value, known && nullable);
            return new Result(TaskModel.Result.COMPONENTS, value, stage, nullable, known, keys);
        }
        String name = names.isEmpty()
                ? method.element().getSimpleName().toString()
                : names.get(0).value();
        Site site = names.isEmpty() ? method.site() : names.get(0).site();
        TaskModel.Result kind = value.getKind() == TypeKind.VOID ? TaskModel.Result.ORDER : TaskModel.Result.VALUE;
        KeyModel key = new KeyModel(name, value, nullable, provides.flag("keep"), site);
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
        return new KeyModel(name.value(), none, false, true, name.site());
    }

    private KeyModel key(
            AnnotationUse.Item<String> name, DeclaredType record, RecordComponentElement component, boolean keep) {
        // Of a P<? extends Number> the component T has the type ? extends Number, which is none for a value.
        TypeMirror type =
                value(((ExecutableType) reading.compilation().types().asMemberOf(record, component.getAccessor()))
                        .getReturnType());
        boolean nullable = Nullness.isNullable(component, type, reading.compilation());
        reading.unresolved().addFrom(type, name.site());
        return new KeyModel(name.value(), type, nullable, keep, name.site());
    }

    private TypeMirror value(TypeMirror type) {
        return type instanceof ArrayType array
                ? reading.compilation().types().getArrayType(value(array.getComponentType()))
                : Wildcards.upperBound(type, reading.compilation().elements());
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

    private TypeMirror stageValue(DeclaredType stage) {
        List<? extends TypeMirror> arguments = stage.getTypeArguments();
        return arguments.isEmpty()
                ? reading.compilation()
                        .elements()
                        .getTypeElement("java.lang.Object")
                        .asType()
                : Wildcards.upperBound(arguments.get(0), reading.compilation().elements());
    }

    private static boolean isVoid(TypeMirror type) {
        return type.getKind() == TypeKind.VOID || Reading.isNamed(type, "java.lang.Void");
    }
}
