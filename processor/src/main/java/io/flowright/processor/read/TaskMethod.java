package io.flowright.processor.read;

import io.flowright.processor.model.Site;
import java.util.Map;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.ExecutableType;

/**
 * A method with {@code @Task} or {@code @Provides}, or with {@code @Compensates}.
 *
 * @param element the method
 * @param type its types as seen from the task class: type variables of a generic superclass are replaced
 * @param annotations our annotations, by simple name
 */
record TaskMethod(ExecutableElement element, ExecutableType type, Map<String, AnnotationUse> annotations) {

    static boolean isTask(Map<String, AnnotationUse> annotations) {
        return annotations.containsKey("Task") || annotations.containsKey("Provides");
    }

    static boolean isCompensation(Map<String, AnnotationUse> annotations) {
        return annotations.containsKey("Compensates");
    }

    /** Whether the engine calls the method in its own right. */
    static boolean isCalled(Map<String, AnnotationUse> annotations) {
        return isTask(annotations) || isCompensation(annotations);
    }

    Site site() {
        return Site.of(element);
    }
}
