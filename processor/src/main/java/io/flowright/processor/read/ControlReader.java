package io.flowright.processor.read;

import io.flowright.processor.model.ControlModel;
import io.flowright.processor.model.KeyUse;
import io.flowright.processor.model.ParameterModel;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.TypeNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads whether and how often a task runs. */
final class ControlReader {

    private ControlReader() {}

    static ControlModel read(TaskMethod method, List<ParameterModel> parameters, Reading reading) {
        List<ControlModel.Guard> guards = new ArrayList<>();
        addGuards(guards, method, "When", false);
        addGuards(guards, method, "Unless", true);
        AnnotationUse task = method.annotations().get("Task");
        return new ControlModel(
                List.copyOf(guards),
                task != null && task.flag("optional"),
                forEach(method, parameters, reading),
                recorded(task, method, parameters, reading));
    }

    private static ControlModel.Recorded recorded(
            @Nullable AnnotationUse task, TaskMethod method, List<ParameterModel> parameters, Reading reading) {
        boolean pure = task != null && task.flag("pure");
        boolean hashed = hashed(pure, method, parameters, reading);
        if (task == null || !task.flag("once")) {
            return !pure
                    ? ControlModel.Recorded.RESULT
                    : hashed ? ControlModel.Recorded.HASH : ControlModel.Recorded.NOTHING;
        }
        if (pure) {
            reading.problem(Message.PURE_AND_ONCE, task.site("once"), TypeNames.ofMethod(method.element()));
        }
        return ControlModel.Recorded.START;
    }

    private static boolean hashed(boolean pure, TaskMethod method, List<ParameterModel> parameters, Reading reading) {
        AnnotationUse provides = method.annotations().get("Provides");
        if (provides == null || !provides.constant("record").equals("HASH")) {
            return false;
        }
        boolean each = parameters.stream().anyMatch(ParameterModel.Element.class::isInstance);
        if (!pure || each) {
            reading.problem(
                    pure ? Message.HASH_OF_ELEMENTS : Message.HASH_NOT_PURE,
                    provides.site("record"),
                    TypeNames.ofMethod(method.element()));
        }
        return pure && !each;
    }

    private static ControlModel.@Nullable ForEach forEach(
            TaskMethod method, List<ParameterModel> parameters, Reading reading) {
        ControlModel.ForEach forEach = null;
        for (int index = 0; index < parameters.size(); index++) {
            ParameterModel parameter = parameters.get(index);
            if (!(parameter instanceof ParameterModel.Element)) {
                continue;
            }
            if (forEach != null) {
                reading.problem(Message.SEVERAL_FOR_EACH, parameter.site(), TypeNames.ofMethod(method.element()));
                continue;
            }
            AnnotationUse use =
                    Objects.requireNonNull(AnnotationUse.on(parameter.site().element(), reading.unresolved())
                            .get("ForEach"));
            forEach = new ControlModel.ForEach(
                    index,
                    use.integer("maxConcurrency"),
                    use.constant("onFailure").equals("COLLECT"),
                    use.integer("quorum"),
                    Reading.isOptional(ResultReader.valueOf(method.type().getReturnType(), reading)),
                    use.site());
        }
        return forEach;
    }

    private static void addGuards(
            List<ControlModel.Guard> guards, TaskMethod method, String annotation, boolean negated) {
        for (AnnotationUse use : AnnotationUse.repeated(method.annotations(), annotation)) {
            List<ControlModel.Constant> constants = use.strings("is").stream()
                    .map(name -> new ControlModel.Constant(name.value(), name.site()))
                    .toList();
            KeyUse key = new KeyUse(use.string("value"), use.site("value"));
            guards.add(new ControlModel.Guard(key, negated, constants, use.site()));
        }
    }
}
