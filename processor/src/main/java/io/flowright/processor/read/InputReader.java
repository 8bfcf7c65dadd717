package io.flowright.processor.read;

import io.flowright.processor.model.InputModel;
import io.flowright.processor.model.ParameterModel;
import io.flowright.processor.model.Site;
import io.flowright.processor.model.TaskModel;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.TypeNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Reads the inputs of a flow: the components of its input record, else what its methods declare. */
final class InputReader {

    private final Reading reading;

    InputReader(Reading reading) {
        this.reading = reading;
    }

    /** The record of {@code @Flow(input)}; null where there is none. */
    @Nullable
    TypeElement record(AnnotationUse flow) {
        TypeMirror type = flow.type("input");
        if (type == null || type.getKind() == TypeKind.VOID) {
            return null;
        }
        if (type.getKind() == TypeKind.DECLARED
                && ((DeclaredType) type).asElement() instanceof TypeElement element
                && element.getKind() == ElementKind.RECORD
                && element.getTypeParameters().isEmpty()) {
            return element;
        }
        reading.problem(Message.NO_INPUT_RECORD, flow.site("input"), TypeNames.of(type));
        return null;
    }

    /** Compilers know no place for a component (ECJ none for a record either), so that all of them stand at one site. */
    List<InputModel> ofRecord(TypeElement record, Site site) {
        List<InputModel> inputs = new ArrayList<>();
        for (RecordComponentElement component : record.getRecordComponents()) {
            TypeMirror type = component.asType();

            reading.unresolved().addFrom(type, site);
            boolean nullable = Nullness.isNullable(component, type, reading.compilation());
            inputs.add(new InputModel(component.getSimpleName().toString(), type, nullable, List.of(site)));
        }
        return List.copyOf(inputs);
    }

    /** By first appearance, those of tasks before those of compensations. That two declarations of one input agree is checked later. */
    List<InputModel> ofMethods(Members members) {
        Map<String, List<ParameterModel.Input>> declarations = new LinkedHashMap<>();
        for (TaskModel method : members.methods().toList()) {
            for (ParameterModel parameter : method.parameters()) {
                if (parameter instanceof ParameterModel.Input input) {
                    declarations
                            .computeIfAbsent(input.name(), name -> new ArrayList<>())
                            .add(input);
                }
            }
        }
        List<InputModel> inputs = new ArrayList<>();
        declarations.forEach((name, uses) -> inputs.add(new InputModel(
                name,
                uses.get(0).type(),
                uses.get(0).nullable(),
                uses.stream().map(ParameterModel.Input::site).toList())));
        return List.copyOf(inputs);
    }

    /**
     * Whether the inputs can be parameters of {@code run}. The components of a record have an order that its author wrote; the
     * order of parameters of tasks changes when a method moves, which must not swap arguments unnoticed.
     */
    boolean arePositional(List<InputModel> inputs, boolean fixedOrder, int most) {
        if (inputs.size() > most) {
            return false;
        }
        for (int i = 0; i < inputs.size() && !fixedOrder; i++) {
            for (int j = i + 1; j < inputs.size(); j++) {
                if (areSwappable(inputs.get(i).type(), inputs.get(j).type())) {
                    return false;
                }
            }
        }
        return true;
    }

    /** One way is enough: {@code run(1, 2)} suits an {@code (int, long)} as well as a {@code (long, int)}. */
    private boolean areSwappable(TypeMirror one, TypeMirror other) {
        return reading.compilation().fits(one, other) || reading.compilation().fits(other, one);
    }
}
