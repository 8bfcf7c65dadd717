package io.flowright.processor.model;

import java.util.List;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * A flow as its author wrote it.
 *
 * @param type the class with {@code @Flow}
 * @param packageName the package of the generated class; empty: the unnamed one
 * @param className the simple name of the generated class: {@code OrderFlow}
 * @param isPublic whether the generated class is public, as the flow class is
 * @param name the durable name
 * @param version the label for people; may be empty
 * @param taskClasses the classes whose tasks belong to the flow, the flow class first
 * @param inputs all inputs, in declared order
 * @param inputRecord the record of {@code @Flow(input)}, if given
 * @param positional whether {@code run} may take the inputs as parameters; else only the builder does, because there are
 *     more than {@value #MOST_POSITIONAL} inputs, or two whose arguments could be swapped unnoticed
 * @param tasks in declared order: flow class first, then included classes
 * @param compensations in declared order
 * @param onFailure the constant of {@code OnFailure}
 * @param durable whether its runs are meant to be recorded
 * @param site the class
 */
public record FlowModel(
        TypeElement type,
        String packageName,
        String className,
        boolean isPublic,
        String name,
        String version,
        List<TaskClass> taskClasses,
        List<InputModel> inputs,
        @Nullable TypeElement inputRecord,
        boolean positional,
        List<TaskModel> tasks,
        List<CompensationModel> compensations,
        String onFailure,
        boolean durable,
        Site site) {

    /** The largest number of inputs that {@code run} takes as parameters. */
    public static final int MOST_POSITIONAL = 12;
}
