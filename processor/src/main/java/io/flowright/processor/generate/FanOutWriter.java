package io.flowright.processor.generate;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import io.flowright.processor.model.ControlModel;
import io.flowright.processor.model.ParameterModel;
import io.flowright.processor.model.PolicyModel;
import io.flowright.processor.model.TaskModel;
import java.util.List;

/** Writes what a frame does for tasks that run once for each element: it hands out the elements, and takes one with each call. */
final class FanOutWriter {

    private final Plan plan;
    private final TaskMethods taskMethods;
    private final Arguments arguments;
    private final Dispatch elements;
    private final Dispatch run;
    private final Dispatch call;
    private final Dispatch fallback;
    private final Dispatch key;

    FanOutWriter(Plan plan, TaskMethods taskMethods, Arguments arguments) {
        this.plan = plan;
        this.taskMethods = taskMethods;
        this.arguments = arguments;
        TypeName array = ArrayTypeName.of(Object.class);
        elements = dispatch(overriding("elements", array));
        run = dispatch(forElement("runElement", ClassName.OBJECT).addException(Throwable.class));
        call = dispatch(forElement("callElement", ClassName.OBJECT)
                .addParameter(RuntimeTypes.TASK_CONTEXT, FrameNames.CONTEXT)
                .addException(Throwable.class));
        fallback = dispatch(forElement("elementFallback", ClassName.OBJECT)
                .addParameter(Throwable.class, FrameNames.FAILURE)
                .addParameter(RuntimeTypes.TASK_CONTEXT, FrameNames.CONTEXT)
                .addException(Throwable.class));
        key = dispatch(forElement("elementKey", array));
    }

    private static MethodSpec.Builder overriding(String name, TypeName result) {
        return MethodSpec.methodBuilder(name).returns(result).addParameter(int.class, FrameNames.TASK);
    }

    private static MethodSpec.Builder forElement(String name, TypeName result) {
        return overriding(name, result).addParameter(Object.class, FrameNames.ELEMENT);
    }

    private Dispatch dispatch(MethodSpec.Builder signature) {
        return new Dispatch(signature.build(), plan.layout(), plan.frameNames());
    }

    /** Adds a task; what its calls need is added to {@code methods}. */
    void add(int number, TaskModel task, ControlModel.ForEach forEach, List<MethodSpec> methods) {
        ParameterModel.Element element =
                (ParameterModel.Element) task.parameters().get(forEach.parameter());
        Slot source = plan.slot(element.key().name());
        elements.on(
                number,
                CodeBlock.of(
                        "$T.$L($L);\n",
                        RuntimeTypes.ELEMENTS,
                        arguments.isMap(source) ? "ofValues" : "of",
                        source.field()));
        MethodSpec method = taskMethods.forElement(task);
        methods.add(method);
        (task.managed() ? call : run).on(number, FrameWriter.valueOf(method, FrameWriter.callOf(method)));
        PolicyModel policies = task.policies();
        addFallback(number, task, methods);
        if (policies.idempotent() != null) {
            MethodSpec parts = taskMethods.elementKey(task, arguments.templateParts(task, policies.idempotent()));
            methods.add(parts);
            key.on(number, CodeBlock.of("$L;\n", FrameWriter.callOf(parts)));
        }
    }

    /** Adds a compensation that runs for each element; what its calls need is added to {@code methods}. */
    void addCompensation(int number, TaskModel task, List<MethodSpec> methods) {
        MethodSpec method = taskMethods.undoElement(task);
        methods.add(method);
        call.on(number, FrameWriter.valueOf(method, FrameWriter.callOf(method)));
        addFallback(number, task, methods);
    }

    private void addFallback(int number, TaskModel task, List<MethodSpec> methods) {
        PolicyModel.Fallback policy = task.policies().fallback();
        if (policy != null && policy.method() != null) {
            MethodSpec answer = taskMethods.fallback(task, policy, policy.method());
            methods.add(answer);
            fallback.on(number, FrameWriter.valueOf(answer, FrameWriter.callOf(answer)));
        }
    }

    List<Dispatch> dispatches() {
        return List.of(elements, run, call, fallback, key);
    }
}
