package io.flowright.processor.read;

import io.flowright.processor.model.AccessorName;
import io.flowright.processor.model.Site;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.TypeNames;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Finds the classes whose tasks make up a flow: the flow class, then what it includes, then what that includes. */
final class IncludeReader {

    private final Reading reading;

    /** From the flow class to the class that is being read, each with the place that names it. */
    private final Map<TypeElement, Site> path = new LinkedHashMap<>();

    IncludeReader(Reading reading) {
        this.reading = reading;
    }

    Inclusion read(TypeElement flow) {
        return members(flow, Site.of(flow));
    }

    private Inclusion members(TypeElement type, Site site) {
        Inclusion members = new Inclusion();
        visit(type, site, members);
        return members;
    }

    /** Recursion is as deep as people nest includes. */
    private void visit(TypeElement type, Site site, Inclusion members) {
        members.classes().put(type, site);
        path.put(type, site);
        Map<String, AnnotationUse> annotations = AnnotationUse.on(type, reading.unresolved());
        AnnotationUse flow = annotations.get("Flow");
        if (flow != null) {
            addClasses(flow, type, members);
        }
        addGroups(AnnotationUse.repeated(annotations, "Include"), type, members);
        path.remove(type);
    }

    private void addClasses(AnnotationUse flow, TypeElement type, Inclusion members) {
        List<TypeElement> listed = new ArrayList<>();
        for (AnnotationUse.Item<TypeMirror> item : flow.types("include")) {
            TypeElement included = included(item.value(), item.site());
            if (included == null) {
                continue;
            }
            if (listed.contains(included)) {
                reading.problem(Message.INCLUDED_TWICE, item.site(), type.getSimpleName(), included.getSimpleName());
            } else if (!members.classes().containsKey(included)) {
                visit(included, item.site(), members);
            }
            listed.add(included);
        }
    }

    private void addGroups(List<AnnotationUse> includes, TypeElement type, Inclusion members) {
        for (AnnotationUse include : includes) {
            TypeMirror value = include.type("value");
            Site site = include.site("value");
            TypeElement included = value == null ? null : included(value, site);
            if (included != null) {
                String name = nameOf(include, included, type, members);
                members.groups().add(new Inclusion.Group(name, included, include, members(included, site)));
            }
        }
    }

    /** The class to include; null where it cannot be, which is reported. */
    private @Nullable TypeElement included(TypeMirror type, Site site) {
        if (type.getKind() != TypeKind.DECLARED) {
            reading.problem(Message.INCLUDE_NO_CLASS, site, TypeNames.of(type));
            return null;
        }
        TypeElement included = (TypeElement) ((DeclaredType) type).asElement();
        if (path.containsKey(included)) {
            reportCycle(included, site);
            return null;
        }
        return included;
    }

    /** What {@code as} says; where that is a mistake, a name that disturbs nobody. */
    private String nameOf(AnnotationUse include, TypeElement included, TypeElement owner, Inclusion members) {
        String name = include.string("as");
        Set<String> taken =
                members.groups().stream().map(Inclusion.Group::name).collect(Collectors.toCollection(HashSet::new));
        if (!AccessorName.isPossible(name)) {
            reading.problem(Message.BAD_GROUP_NAME, include.site("as"), name);
            return FlowNames.unused(FlowNames.parameter(included), taken);
        }
        if (taken.contains(name)) {
            reading.problem(Message.SAME_GROUP_NAME, include.site("as"), owner.getSimpleName(), name);
        }
        return FlowNames.unused(name, taken);
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
