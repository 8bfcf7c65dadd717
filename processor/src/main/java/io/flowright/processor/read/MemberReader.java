package io.flowright.processor.read;

import io.flowright.processor.model.GroupPath;
import io.flowright.processor.model.Site;
import io.flowright.processor.model.TaskClass;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/** Reads the members of a flow: those of its classes, then those of its groups, under the names that they have in the flow. */
final class MemberReader {

    private final Reading reading;
    private final TaskReader taskReader;
    private final CompensationReader compensationReader;
    private final List<TaskClass> classes = new ArrayList<>();
    private final Set<String> parameters = new HashSet<>();

    MemberReader(Reading reading) {
        this.reading = reading;
        this.taskReader = new TaskReader(reading);
        this.compensationReader = new CompensationReader(reading, taskReader);
    }

    Members read(Inclusion flow) {
        Members members = new Members();
        flow.classes().forEach((type, site) -> addClass(type, site, "", FlowNames.parameter(type), members));
        addGroups(flow, "", members);
        return members;
    }

    /** The classes of all that was read. */
    List<TaskClass> classes() {
        return List.copyOf(classes);
    }

    private Members read(Inclusion.Group group, String path) {
        Members members = new Members();
        group.members().classes().forEach((type, site) -> {
            String name = type.equals(group.type()) ? path : GroupPath.join(path, FlowNames.parameter(type));
            addClass(type, site, path, GroupPath.camelCase(name), members);
        });
        addGroups(group.members(), path, members);
        return members;
    }

    private void addGroups(Inclusion inclusion, String path, Members members) {
        List<GroupNames> groups = new ArrayList<>();
        for (Inclusion.Group group : inclusion.groups()) {
            groups.add(new GroupNames(group, read(group, GroupPath.join(path, group.name())), reading));
        }
        Set<String> provided = members.provided();
        groups.forEach(group -> provided.addAll(group.provided()));
        groups.forEach(group -> members.addAll(group.members(provided)));
    }

    private void addClass(TypeElement type, Site site, String group, String parameter, Members members) {
        List<TaskMethod> methods = TaskMethods.of(type, reading);
        TaskClass taskClass =
                new TaskClass(type, group, FlowNames.unused(parameter, parameters), site, needsInstance(methods, type));
        classes.add(taskClass);
        for (TaskMethod method : methods) {
            if (TaskMethod.isCompensation(method.annotations())) {
                members.compensations().add(compensationReader.read(method, taskClass));
            } else {
                members.tasks().add(taskReader.read(method, taskClass));
            }
        }
    }

    private static boolean needsInstance(List<TaskMethod> methods, TypeElement owner) {
        Set<String> fallbacks = new HashSet<>();
        for (TaskMethod method : methods) {
            if (!method.element().getModifiers().contains(Modifier.STATIC)) {
                return true;
            }
            Map<String, AnnotationUse> annotations = method.annotations();
            AnnotationUse fallback = annotations.get("Fallback");
            if (fallback != null) {
                fallbacks.add(fallback.string("value"));
            }
        }
        for (ExecutableElement method : ElementFilter.methodsIn(owner.getEnclosedElements())) {
            if (fallbacks.contains(method.getSimpleName().toString())
                    && !method.getModifiers().contains(Modifier.STATIC)) {
                return true;
            }
        }
        return false;
    }
}
