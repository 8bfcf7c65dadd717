package io.flowright.processor.model;

import java.util.List;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.TypeMirror;

/**
 * A task.
 *
 * @param name the durable name
 * @param method the method behind it
 * @param taskClass the class that the method was found through (an inherited method's subclass)
 * @param priority among ready tasks the higher one starts first
 * @param parameters in the method's order
 * @param after keys that it waits for without taking them
 * @param keys what it provides; a void method's ordering-only key too
 * @param result what its result becomes
 * @param resultType the type of the value: of a stage, the type of what it completes with; of a void method, void
 * @param stage whether the method returns a CompletionStage
 * @param nullable whether the value may be null
 * @param nullnessKnown whether the compiler shows the type annotations of the method; where it does not, values may be null
 *     and nobody is told off
 * @param thrown the types of the method's throws clause
 * @param policies what surrounds it
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

    /** The method as people refer to it: {@code OrderTasks.load}. */
    public String displayName() {
        return taskClass.type().getSimpleName() + "." + method.getSimpleName();
    }

    /** Whether a frame must hold its result between call and store: it has a policy, a stage or a context. */
    public boolean managed() {
        return stage
                || policies.any()
                || parameters.stream()
                        .anyMatch(parameter -> parameter instanceof ParameterModel.Context
                                || parameter instanceof ParameterModel.ProgressSink);
    }
}
