package io.flowright.processor.read;

import io.flowright.processor.model.Site;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.TypeNames;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Finds the classes whose tasks make up a flow: the flow class, then what it includes, then what that includes. */
final class IncludeReader {

    private final Reading reading;

    /** From the flow class to the class that is being read, each with the place that names it. */
    private final Map<TypeElement, Site> path = new LinkedHashMap<>();

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
        path.put(type, site);
        List<TypeElement> listed = new ArrayList<>();
        for (AnnotationUse.Item<TypeMirror> item : flow.types("include")) {
            if (item.value().getKind() != TypeKind.DECLARED) {
                reading.problem(Message.INCLUDE_NO_CLASS, item.site(), TypeNames.of(item.value()));
                continue;
            }
            TypeElement included = (TypeElement) ((DeclaredType) item.value()).asElement();
            if (path.containsKey(included)) {
                reportCycle(included, item.site());
            } else if (listed.contains(included)) {
                reading.problem(Message.INCLUDED_TWICE, item.site(), type.getSimpleName(), included.getSimpleName());
            } else if (!classes.containsKey(included)) {
                visit(included, item.site());
            }
            listed.add(included);
        }
        path.remove(type);
    }

    /**
     * Each class of the circle may be a flow that finds it. All of them report the same: the circle from its alphabetically
     * first class on, where that is included.
     */
    private void reportCycle(TypeElement repeated, Site closing) {
        List<TypeElement> circle = new ArrayList<>(path.keySet());
        circle.subList(0, circle.indexOf(repeated)).clear();
        TypeElement first = Collections.min(
                circle, Comparator.comparing(type -> type.getQualifiedName().toString()));
        Collections.rotate(circle, -circle.indexOf(first));
        circle.add(first);
        String text =
                circle.stream().map(type -> type.getSimpleName().toString()).collect(Collectors.joining(" includes "));
        reading.problem(
                Message.INCLUDE_CYCLE, first.equals(repeated) ? closing : path.getOrDefault(first, closing), text);
    }
}
