package io.flowright.processor.model;

import java.util.List;
import java.util.Objects;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * A task.
 *
 * @param name the durable name; in a group it starts with the group's path
 * @param method the method behind it
 * @param taskClass the class that the method was found through (an inherited method's subclass)
 * @param priority among ready tasks the higher one starts first
 * @param parameters in the method's order
 * @param after keys that it waits for without taking them
 * @param keys what it provides; a void method's ordering-only key too
 * @param result what its result becomes
 * @param resultType the type of the value: of a stage, the type of what it completes with; of a void method, void; of a task
 *     with a key that runs for each element, the list
 * @param stage whether the method returns a CompletionStage
 * @param nullable whether what the method returns may be null
 * @param nullnessKnown whether the compiler shows the type annotations of the method; where it does not, values may be null
 *     and nobody is told off
 * @param thrown the types of the method's throws clause
 * @param policies what surrounds it
 * @param control whether and how often it runs
 * @param site the method
 */
public record TaskModel(
        String name,
        ExecutableElement method,
        TaskClass taskClass,
        int priority,
        List<ParameterModel> parameters,
        List<KeyUse> after,
        List<KeyModel> keys,
        Result result,
        TypeMirror resultType,
        boolean stage,
        boolean nullable,
        boolean nullnessKnown,
        List<TypeMirror> thrown,
        PolicyModel policies,
        ControlModel control,
        Site site) {

    /** What the result of a task becomes. */
    public enum Result {
        /** Nothing; the method is void or lost its value (an error). */
        NOTHING,
        /** One key that carries no value. */
        ORDER,
        /** One key. */
        VALUE,
        /** Several keys, each a component of the returned record. */
        COMPONENTS
    }

    /** The task with other keys. */
    public TaskModel withKeys(List<KeyModel> keys) {
        return withNames(name, parameters, after, keys, control);
    }

    /** The task where it and what it takes and provides are called differently. */
    public TaskModel withNames(
            String name,
            List<ParameterModel> parameters,
            List<KeyUse> after,
            List<KeyModel> keys,
            ControlModel control) {
        return new TaskModel(
                name,
                method,
                taskClass,
                priority,
                parameters,
                after,
                keys,
                result,
                resultType,
                stage,
                nullable,
                nullnessKnown,
                thrown,
                policies,
                control,
                site);
    }

    /** The method as people refer to it: {@code OrderTasks.load}. */
    public String displayName() {
        return taskClass.type().getSimpleName() + "." + method.getSimpleName();
    }

    /** Whether task and key both have the name of the method, so that a namesake of the method clashes with both. */
    public boolean namesKeyByMethod() {
        return method.getSimpleName().contentEquals(shownName())
                && keys.stream().anyMatch(key -> key.name().equals(name));
    }

    /** Like {@link #displayName}, with the group: {@code ResizeTasks.resized (thumb)}. */
    public String displayNameInGroup() {
        return taskClass.group().isEmpty() ? displayName() : displayName() + " (" + taskClass.group() + ")";
    }

    /** The key or input for whose elements the task runs; null: it runs once. */
    public @Nullable KeyUse elementSource() {
        ControlModel.ForEach forEach = control.forEach();
        return forEach != null && parameters.get(forEach.parameter()) instanceof ParameterModel.Element element
                ? element.key()
                : null;
    }

    /** Whether the task runs for each element of this key or input. */
    public boolean runsForEach(String key) {
        KeyUse source = elementSource();
        return source != null && source.name().equals(key);
    }

    /** Of a task that runs for each element and provides a value: the type, boxed, of what it gives for one. */
    public TypeMirror elementResult() {
        TypeMirror result = argumentOf(resultType);
        return Objects.requireNonNull(control.forEach()).collect() ? argumentOf(result) : result;
    }

    private static TypeMirror argumentOf(TypeMirror type) {
        return ((DeclaredType) type).getTypeArguments().get(0);
    }

    /** The name without the groups that it is in. */
    public String shownName() {
        String group = taskClass.group();
        return group.isEmpty() ? name : name.substring(group.length() + 1);
    }

    /**
     * Whether a frame must hold its result between call and store: it has a policy, a stage or a context, may fail, or somebody else may
     * say what its result was. Of a task that runs for each element: the result for one.
     */
    public boolean managed() {
        return stage
                || policies.any()
                || ((control.optional() || control.recorded() == ControlModel.Recorded.START)
                        && control.forEach() == null)
                || parameters.stream()
                        .anyMatch(parameter -> parameter instanceof ParameterModel.Context
                                || parameter instanceof ParameterModel.ProgressSink);
    }
}
