package io.flowright.processor.generate;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import io.flowright.processor.model.CompensationModel;
import io.flowright.processor.model.ElementTypes;
import io.flowright.processor.model.KeyUse;
import io.flowright.processor.model.ParameterModel;
import io.flowright.processor.model.PolicyModel;
import io.flowright.processor.model.PolicyModel.TemplatePart;
import io.flowright.processor.model.TaskModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;

/** Writes what a frame hands to task methods: its fields, and collections of them. */
final class Arguments {

    /** {@code List.of} has overloads without an array up to this many elements. */
    private static final int MOST_IN_LIST_OF = 10;

    /** How many elements one method adds to a collection; each takes up to 20 bytes. */
    private static final int ELEMENTS_IN_A_METHOD = 256;

    private final Plan plan;
    private final Types types;
    private final List<MethodSpec> collectors = new ArrayList<>();
    private final IdentityHashMap<ParameterModel, String> collectorNames = new IdentityHashMap<>();

    Arguments(Plan plan, Types types) {
        this.plan = plan;
        this.types = types;
    }

    /** The methods that the arguments written since the last call need. */
    List<MethodSpec> takeCollectors() {
        List<MethodSpec> taken = List.copyOf(collectors);
        collectors.clear();
        return taken;
    }

    /** What the task's own parameter receives; {@code exactly}: an expression of its very type, to choose the overload. */
    CodeBlock of(TaskModel task, int parameter, boolean exactly) {
        return of(task, parameter, typeOf(task.parameters().get(parameter)), exactly);
    }

    private static TypeMirror typeOf(ParameterModel parameter) {
        if (parameter instanceof ParameterModel.Key key) {
            return key.type();
        }
        if (parameter instanceof ParameterModel.Element element) {
            return element.type();
        }
        return parameter instanceof ParameterModel.Input input
                ? input.type()
                : parameter.site().element().asType();
    }

    /** The same value for a parameter of another type. */
    CodeBlock of(TaskModel task, int parameter, TypeMirror wanted, boolean exactly) {
        ParameterModel model = task.parameters().get(parameter);
        if (model instanceof ParameterModel.Key key && plan.isOfUndoneElement(task, key)) {
            return elementResult(Objects.requireNonNull(plan.undoneForEach(task)), key, wanted, exactly);
        }
        if (model instanceof ParameterModel.Key key) {
            Slot slot = plan.slot(key.key().name());
            return key.optional() ? optional(task, slot, key.type()) : field(slot, wanted, exactly);
        }
        if (model instanceof ParameterModel.Input input) {
            return field(plan.slot(input.name()), wanted, exactly);
        }
        if (model instanceof ParameterModel.Keys keys) {
            return several(task, keys, exactly);
        }
        if (model instanceof ParameterModel.Element element) {
            return element(task, element, wanted, exactly);
        }
        if (model instanceof ParameterModel.Failure) {
            return CodeBlock.of("failure()");
        }
        return CodeBlock.of(model instanceof ParameterModel.ProgressSink ? "$L.progress()" : "$L", FrameNames.CONTEXT);
    }

    /** A value that may be absent, as an {@code Optional} of exactly that type. */
    private CodeBlock optional(TaskModel task, Slot slot, TypeMirror value) {
        String presence = slot.presence() == null ? presenceFor(task, slot) : slot.presence();
        return CodeBlock.of(
                "$T.<$T>optional($L, $L)",
                RuntimeTypes.FLOW_FRAME,
                TypeName.get(value).box(),
                presence,
                slot.field());
    }

    /** What is there for every task may be missing for a compensation: that which the undone task itself was to provide. */
    private String presenceFor(TaskModel method, Slot slot) {
        CompensationModel compensation = plan.compensation(method);
        if (compensation != null) {
            int undone = plan.number(compensation.of());
            if (plan.tasks().get(undone).keys().stream()
                    .anyMatch(key -> key.name().equals(slot.name()))) {
                return "succeeded(" + undone + ")";
            }
        }
        return "true";
    }

    private CodeBlock field(Slot slot, TypeMirror wanted, boolean exactly) {
        return exactly && !types.isSameType(slot.type(), wanted)
                ? CodeBlock.of("($T) $L", TypeName.get(wanted), slot.field())
                : CodeBlock.of("$L", slot.field());
    }

    /** Whether the elements of a source are the values of a map. */
    boolean isMap(Slot source) {
        return ElementTypes.of(source.type(), types).map();
    }

    /** Elements come as objects: a primitive is unboxed from the type of the elements, then widened. */
    private CodeBlock element(TaskModel task, ParameterModel.Element element, TypeMirror wanted, boolean exactly) {
        CodeBlock given = CodeBlock.of(plan.isOfUndoneElement(task, element) ? "$1L.$1L()" : "$L", FrameNames.ELEMENT);
        if (!wanted.getKind().isPrimitive()) {
            return cast(wanted, given);
        }
        TypeMirror source = plan.slot(element.key().name()).type();
        TypeMirror type = Objects.requireNonNull(ElementTypes.of(source, types).type());
        CodeBlock boxed = CodeBlock.of("($T) $L", TypeName.get(type).box(), given);
        return exactly ? cast(wanted, boxed) : boxed;
    }

    /** What the undone task gave for the element. */
    private static CodeBlock elementResult(
            TaskModel undone, ParameterModel.Key key, TypeMirror wanted, boolean exactly) {
        CodeBlock result = cast(undone.elementResult(), CodeBlock.of("$L.$L()", FrameNames.ELEMENT, FrameNames.RESULT));
        if (key.optional()) {
            return CodeBlock.of(
                    "$T.<$T>ofNullable($L)",
                    Optional.class,
                    TypeName.get(key.type()).box(),
                    result);
        }
        return exactly ? cast(wanted, result) : result;
    }

    private static CodeBlock cast(TypeMirror wanted, CodeBlock value) {
        TypeName type = TypeName.get(wanted);
        return type.equals(ClassName.OBJECT) ? value : CodeBlock.of("($T) $L", type, value);
    }

    private CodeBlock several(TaskModel task, ParameterModel.Keys keys, boolean exactly) {
        boolean nulls = !keys.optional()
                && keys.keys().stream().anyMatch(key -> plan.slot(key.name()).mayBeNull());
        if (keys.map() || nulls || keys.keys().size() > MOST_IN_LIST_OF) {
            return CodeBlock.of("$L()", collectorNames.computeIfAbsent(keys, unused -> collector(task, keys)));
        }
        CodeBlock elements =
                keys.keys().stream().map(key -> elementOf(task, keys, key)).collect(CodeBlock.joining(",$W"));
        return exactly
                ? CodeBlock.of("$T.<$T>of($L)", List.class, elementType(keys), elements)
                : CodeBlock.of("$T.of($L)", List.class, elements);
    }

    private static TypeName elementType(ParameterModel.Keys keys) {
        TypeName value = TypeName.get(keys.element()).box();
        return keys.optional() ? ParameterizedTypeName.get(ClassName.get(Optional.class), value) : value;
    }

    private CodeBlock elementOf(TaskModel task, ParameterModel.Keys keys, KeyUse key) {
        Slot slot = plan.slot(key.name());
        return keys.optional() ? optional(task, slot, keys.element()) : CodeBlock.of("$L", slot.field());
    }

    private String collector(TaskModel task, ParameterModel.Keys keys) {
        String parameter = keys.site().element().getSimpleName().toString();
        String name = plan.frameNames().method(FrameNames.of(task, task.method()), parameter);
        TypeName type = keys.map()
                ? ParameterizedTypeName.get(ClassName.get(Map.class), ClassName.get(String.class), elementType(keys))
                : ParameterizedTypeName.get(ClassName.get(List.class), elementType(keys));
        CodeBlock.Builder body = CodeBlock.builder();
        if (keys.map()) {
            body.addStatement("$T $L = new $T<>()", type, FrameNames.VALUES, LinkedHashMap.class);
        } else {
            body.addStatement(
                    "$T $L = new $T<>($L)",
                    type,
                    FrameNames.VALUES,
                    ArrayList.class,
                    keys.keys().size());
        }
        List<MethodSpec> steps = new ArrayList<>();
        addElements(body, task, keys, type, name, steps);
        body.addStatement(
                "return $T.$L($L)",
                Collections.class,
                keys.map() ? "unmodifiableMap" : "unmodifiableList",
                FrameNames.VALUES);
        collectors.add(MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.PRIVATE)
                .addJavadoc("What $L takes as {@code $L}.", plan.links().to(task), parameter)
                .returns(type)
                .addCode(body.build())
                .build());
        collectors.addAll(steps);
        return name;
    }

    private void addElements(
            CodeBlock.Builder body,
            TaskModel task,
            ParameterModel.Keys keys,
            TypeName type,
            String collector,
            List<MethodSpec> steps) {
        List<KeyUse> all = keys.keys();
        if (all.size() <= ELEMENTS_IN_A_METHOD) {
            all.forEach(key -> body.add(element(task, keys, key)));
            return;
        }
        for (int i = 0; i < all.size(); i += ELEMENTS_IN_A_METHOD) {
            CodeBlock.Builder step = CodeBlock.builder();
            all.subList(i, Math.min(all.size(), i + ELEMENTS_IN_A_METHOD))
                    .forEach(key -> step.add(element(task, keys, key)));
            String name = plan.frameNames().method(collector + steps.size());
            body.addStatement("$L($L)", name, FrameNames.VALUES);
            steps.add(MethodSpec.methodBuilder(name)
                    .addModifiers(Modifier.PRIVATE)
                    .addParameter(type, FrameNames.VALUES)
                    .addCode(step.build())
                    .build());
        }
    }

    private CodeBlock element(TaskModel task, ParameterModel.Keys keys, KeyUse key) {
        CodeBlock value = elementOf(task, keys, key);
        return keys.map()
                ? CodeBlock.of("$L.put($S, $L);\n", FrameNames.VALUES, key.inside(), value)
                : CodeBlock.of("$L.add($L);\n", FrameNames.VALUES, value);
    }

    /** The parts of a task's idempotency key, as an array. */
    CodeBlock templateParts(TaskModel task, PolicyModel.Idempotent idempotent) {
        return CodeBlock.of(
                "new $T[] {$L}",
                Object.class,
                idempotent.parts().stream()
                        .map(part -> templatePart(task, part))
                        .collect(CodeBlock.joining(", ")));
    }

    /** A piece of a task's idempotency key. */
    private CodeBlock templatePart(TaskModel task, TemplatePart part) {
        if (part instanceof TemplatePart.Text text) {
            return CodeBlock.of("$S", text.text());
        }
        TemplatePart.Value value = (TemplatePart.Value) part;
        CodeBlock start = start(task, value);
        CodeBlock.Builder code = start.toBuilder();
        for (ExecutableElement call : value.calls()) {
            code.add(".$L()", call.getSimpleName());
        }
        return code.build();
    }

    /** The value as the task receives it: converted where that changes a primitive, or where a method is called on it. */
    private CodeBlock start(TaskModel task, TemplatePart.Value value) {
        ParameterModel model = task.parameters().get(value.parameter());
        if (model instanceof ParameterModel.Element) {
            CodeBlock element = of(task, value.parameter(), true);
            return value.calls().isEmpty() ? element : CodeBlock.of("($L)", element);
        }
        List<String> names = Uses.of(model);
        boolean joins = model instanceof ParameterModel.Key key && key.optional();
        if (joins || model instanceof ParameterModel.Keys || names.isEmpty()) {
            return of(task, value.parameter(), false);
        }
        Slot slot = plan.slot(names.get(0));
        TypeMirror wanted = typeOf(model);
        boolean converts = slot.primitive()
                && (!value.calls().isEmpty()
                        || wanted.getKind().isPrimitive()
                                && wanted.getKind() != slot.type().getKind());
        CodeBlock field = field(slot, wanted, converts);
        return converts && !value.calls().isEmpty() ? CodeBlock.of("($L)", field) : field;
    }
}
