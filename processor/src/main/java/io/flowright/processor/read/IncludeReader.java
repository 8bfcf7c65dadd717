package io.flowright.processor.read;

import io.flowright.processor.model.Site;
import io.flowright.processor.report.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Finds the classes whose tasks make up a flow: the flow class, then what it includes, then what that includes. */
final class IncludeReader {

    private final Reading reading;
    private final Set<TypeElement> path = new HashSet<>();
    private final Map<TypeElement, Site> classes = new LinkedHashMap<>();

    IncludeReader(Reading reading) {
        this.reading = reading;
    }

    /** The classes, each with the place that names it. */
    Map<TypeElement, Site> read(TypeElement flow) {
        visit(flow, Site.of(flow));
        return classes;
    }

    /** Recursion is as deep as people nest includes. */
    private void visit(TypeElement type, Site site) {
        classes.put(type, site);
        AnnotationUse flow = AnnotationUse.on(type, reading.unresolved()).get("Flow");
        if (flow == null) {
            return;
        }
        path.add(type);
        List<TypeElement> listed = new ArrayList<>();
        for (AnnotationUse.Item<TypeMirror> item : flow.types("include")) {
            if (item.value().getKind() != TypeKind.DECLARED) {
                reading.problem(Message.INCLUDE_NO_CLASS, item.site(), item.value());
                continue;
            }
            TypeElement included = (TypeElement) ((DeclaredType) item.value()).asElement();
            if (path.contains(included)) {
                reading.problem(Message.INCLUDE_CYCLE, item.site(), type.getSimpleName(), included.getSimpleName());
            } else if (listed.contains(included)) {
                reading.problem(Message.INCLUDED_TWICE, item.site(), type.getSimpleName(), included.getSimpleName());
            } else if (!classes.containsKey(included)) {
                visit(included, item.site());
            }
            listed.add(included);
        }
        path.remove(type);
    }
}
