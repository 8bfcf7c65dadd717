package io.flowright.processor.generate;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import io.flowright.processor.model.KeyModel;
import io.flowright.processor.model.TaskModel;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Writes how a frame hands out what a task has given, to be recorded, and how another frame takes it. */
final class RestoreWriter {

    private static final TypeName ARRAY = ArrayTypeName.of(Object.class);
    private static final CodeBlock NO_VALUES = CodeBlock.of("new $T[0];\n", Object.class);
    private static final CodeBlock NOTHING = CodeBlock.of("{}\n");

    private final Plan plan;
    private final Dispatch values;
    private final Dispatch restore;

    RestoreWriter(Plan plan) {
        this.plan = plan;
        values = dispatch(MethodSpec.methodBuilder("values").returns(ARRAY).addParameter(int.class, FrameNames.TASK));
        restore = dispatch(MethodSpec.methodBuilder("restore")
                .returns(TypeName.VOID)
                .addParameter(int.class, FrameNames.TASK)
                .addParameter(ARRAY, FrameNames.VALUES));
    }

    private Dispatch dispatch(MethodSpec.Builder signature) {
        return new Dispatch(signature.build(), plan.layout(), plan.frameNames());
    }

    /** Adds a task that runs once. */
    void add(int number, TaskModel task) {
        List<CodeBlock> given = new ArrayList<>();
        List<CodeBlock> statements = new ArrayList<>();
        for (KeyModel key : task.keys()) {
            String presence = plan.presence(key.name());
            if (key.type().getKind() != TypeKind.VOID) {
                addValue(plan.slot(key.name()), key.optional(), given, statements);
            } else if (presence != null) {
                statements.add(CodeBlock.of("$L = true;\n", presence));
            }
        }
        values.on(
                number,
                given.isEmpty()
                        ? NO_VALUES
                        : CodeBlock.of("new $T[] {$L};\n", Object.class, CodeBlock.join(given, ",$W")));
        restore.on(
                number,
                switch (statements.size()) {
                    case 0 -> NOTHING;
                    case 1 -> statements.get(0);
                    default -> CodeBlock.of("{\n$>$L$<}\n", CodeBlock.join(statements, ""));
                });
    }

    /** A value that nobody takes is not in the frame: null stands for it. */
    private void addValue(Slot slot, boolean optional, List<CodeBlock> given, List<CodeBlock> statements) {
        CodeBlock value = CodeBlock.of("$L[$L]", FrameNames.VALUES, given.size());
        String held = slot.stored() ? slot.field() : "null";
        if (optional) {
            given.add(CodeBlock.of("$L ? $L : $L", slot.presence(), held, FrameNames.ABSENT));
            statements.add(CodeBlock.of("$L = $L != $L;\n", slot.presence(), value, FrameNames.ABSENT));
            if (slot.stored()) {
                CodeBlock cast = cast(slot.type(), value);
                statements.add(CodeBlock.of("$L = $L ? $L : null;\n", slot.field(), slot.presence(), cast));
            }
            return;
        }
        given.add(CodeBlock.of("$L", held));
        if (slot.stored()) {
            statements.add(CodeBlock.of("$L = $L;\n", slot.field(), cast(slot.type(), value)));
        }
        if (slot.presence() != null) {
            statements.add(CodeBlock.of("$L = true;\n", slot.presence()));
        }
    }

    private static CodeBlock cast(TypeMirror type, CodeBlock value) {
        TypeName name = TypeName.get(type);
        if (name.equals(ClassName.OBJECT)) {
            return value;
        }
        return TypeTraits.unchecked(type) ? CodeBlock.of("unchecked($L)", value) : CodeBlock.of("($T) $L", name, value);
    }

    List<Dispatch> dispatches() {
        return List.of(values, restore);
    }
}
