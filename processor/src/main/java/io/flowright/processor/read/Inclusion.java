package io.flowright.processor.read;

import io.flowright.processor.model.Site;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.TypeElement;

/**
 * Classes whose tasks share their names: those of a flow, or of a group.
 *
 * @param classes each with the place that names it
 * @param groups what they include under names of their own
 */
record Inclusion(Map<TypeElement, Site> classes, List<Group> groups) {

    Inclusion() {
        this(new LinkedHashMap<>(), new ArrayList<>());
    }

    /**
     * A class that is included under a name of its own.
     *
     * @param name unique among its neighbours, and possible even where the one that was written is not
     * @param include the annotation
     * @param members the class, and what it includes
     */
    record Group(String name, TypeElement type, AnnotationUse include, Inclusion members) {}
}
