package io.flowright.processor.generate;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.NameAllocator;
import io.flowright.processor.model.ConstantName;
import io.flowright.processor.model.FlowModel;
import io.flowright.processor.model.GroupPath;
import io.flowright.processor.model.InputModel;
import io.flowright.processor.model.KeyModel;
import io.flowright.processor.model.TaskModel;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The names of a generated class's nested types and constants. They are what the documentation says unless a class of the
 * unnamed package, which cannot be qualified, has the same name.
 */
final class FlowNames {

    /** The builder's field for its flow. */
    static final String FLOW = "flow";

    /** The builder's variable for the names of missing inputs. */
    static final String MISSING = "missing";

    /** What the code that starts a flow calls static methods of; a variable of such a name would hide the class or package. */
    static final List<String> CALLED_CLASSES = List.of("RunOptions", "String", "java", "io");

    private final NameAllocator types = new NameAllocator();
    private final ClassName flow;
    private final ClassName result;
    private final ClassName keys;
    private final ClassName tasks;
    private final ClassName inputs;
    private final ClassName frame;
    private final ClassName graph;
    private final ClassName recording;
    private final Map<String, String> keyConstants = new HashMap<>();
    private final Map<String, String> taskConstants = new HashMap<>();
    private final Map<String, String> setters = new HashMap<>();
    private final Map<String, String> setterFields = new HashMap<>();

    /** @param unqualifiable simple names of classes that the code has to reach without a package */
    FlowNames(FlowModel model, Collection<String> unqualifiable) {
        unqualifiable.forEach(name -> types.newName(name, name));
        flow = ClassName.get(model.packageName(), model.className());
        result = nested("Result");
        keys = nested("Keys");
        tasks = nested("Tasks");
        inputs = nested("Inputs");
        frame = nested("Frame");
        graph = nested("Graph");
        recording = nested("Recording");
        addConstants(model);
        addSetters(model);
    }

    private void addConstants(FlowModel model) {
        NameAllocator keyNames = new NameAllocator();
        NameAllocator taskNames = new NameAllocator();
        for (TaskModel task : model.tasks()) {
            taskConstants.put(task.name(), taskNames.newName(ConstantName.of(task.name()), task.name()));
            for (KeyModel key : task.keys()) {
                keyConstants.computeIfAbsent(key.name(), name -> keyNames.newName(ConstantName.of(name), name));
            }
        }
    }

    private void addSetters(FlowModel model) {
        NameAllocator methodNames = new NameAllocator();
        List.of("run", "runAsync", "start").forEach(method -> methodNames.newName(method, "method " + method));
        NameAllocator fieldNames = new NameAllocator();
        List.of(FLOW, MISSING).forEach(local -> fieldNames.newName(local, "local " + local));
        CALLED_CLASSES.forEach(name -> fieldNames.newName(name, "class " + name));
        for (InputModel input : model.inputs()) {
            setters.put(input.name(), methodNames.newName(input.name(), input));
            setterFields.put(input.name(), fieldNames.newName(input.name(), input));
        }
    }

    ClassName nested(String name) {
        return flow.nestedClass(types.newName(name, "nested " + name));
    }

    /** {@code ThumbResult} for {@code thumb}; a new one each time. */
    ClassName groupResult(String group) {
        String name = GroupPath.camelCase(group);
        return nested(Character.toUpperCase(name.charAt(0)) + name.substring(1) + "Result");
    }

    ClassName flow() {
        return flow;
    }

    ClassName result() {
        return result;
    }

    ClassName keys() {
        return keys;
    }

    ClassName tasks() {
        return tasks;
    }

    ClassName inputs() {
        return inputs;
    }

    ClassName frame() {
        return frame;
    }

    ClassName graph() {
        return graph;
    }

    ClassName recording() {
        return recording;
    }

    /** Whether a task provides it, so that it has a constant; else it is an input. */
    boolean isKey(String name) {
        return keyConstants.containsKey(name);
    }

    /** {@code ORDER}. */
    String keyConstant(String key) {
        return Objects.requireNonNull(keyConstants.get(key), key);
    }

    /** {@code Keys.ORDER}, as code inside the flow class writes it. */
    String key(String key) {
        return keys.simpleName() + "." + keyConstant(key);
    }

    /** The name of a key or an input as an expression: the constant where there is one, else the text. */
    String nameOf(String name) {
        return isKey(name) ? key(name) : CodeBlock.of("$S", name).toString();
    }

    /** {@code LOAD}. */
    String taskConstant(String task) {
        return Objects.requireNonNull(taskConstants.get(task), task);
    }

    /** {@code Tasks.LOAD}, as code inside the flow class writes it. */
    String task(String task) {
        return tasks.simpleName() + "." + taskConstant(task);
    }

    /** The builder's method for an input. */
    String setter(String input) {
        return Objects.requireNonNull(setters.get(input), input);
    }

    /** The builder's field for an input. */
    String setterField(String input) {
        return Objects.requireNonNull(setterFields.get(input), input);
    }
}
