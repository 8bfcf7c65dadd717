package io.flowright.processor.read;

import io.flowright.processor.model.CompensationModel;
import io.flowright.processor.model.ControlModel;
import io.flowright.processor.model.GroupPath;
import io.flowright.processor.model.KeyModel;
import io.flowright.processor.model.KeyUse;
import io.flowright.processor.model.ParameterModel;
import io.flowright.processor.model.Site;
import io.flowright.processor.model.TaskModel;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The names of a group, as they are called around it. A rebound name is what it is rebound to; another key of the group is private
 * to it, and called by its path; what the group does not provide is called the same inside and around.
 */
final class GroupNames {

    private final String group;
    private final Members members;
    private final Set<String> providedInside;
    private final Rebindings rebindings;

    /** The names of all keys and inputs that the members mention. */
    private final Set<String> mentioned = new TreeSet<>();

    /** @param members those of the group, under the names that they have in it */
    GroupNames(Inclusion.Group group, Members members, Reading reading) {
        this.group = group.name();
        this.members = members;
        providedInside = members.provided();
        rebindings = new Rebindings(group, reading);
    }

    /** The names that the group's keys have around it. */
    Set<String> provided() {
        return providedInside.stream().map(this::around).collect(Collectors.toSet());
    }

    /**
     * The members, under the names that they have around the group. Rebindings of what none of them mentions are reported.
     *
     * @param providedAround all keys that are provided around the group, its own among them
     */
    Members members(Set<String> providedAround) {
        Members renamed = new Members();
        for (TaskModel task : members.tasks()) {
            renamed.tasks().add(rename(task, providedAround));
        }
        for (CompensationModel compensation : members.compensations()) {
            renamed.compensations()
                    .add(new CompensationModel(
                            GroupPath.join(group, compensation.of()),
                            compensation.started(),
                            rename(compensation.task(), providedAround),
                            compensation.site()));
        }
        if (members.methods().noneMatch(GroupNames::isBroken)) {
            rebindings.reportUnknown(mentioned);
        }
        return renamed;
    }

    /** Whether a mistake hides what the task takes. */
    private static boolean isBroken(TaskModel task) {
        return task.parameters().stream().anyMatch(ParameterModel.Broken.class::isInstance);
    }

    private String around(String inside) {
        KeyUse rebinding = rebindings.of(inside);
        if (rebinding != null) {
            return rebinding.name();
        }
        return providedInside.contains(inside) ? GroupPath.join(group, inside) : inside;
    }

    /** A rebound name stands at its rebinding: there it is wrong, where it is. */
    private Site site(String inside, Site site) {
        KeyUse rebinding = rebindings.of(inside);
        return rebinding == null ? site : rebinding.site();
    }

    private TaskModel rename(TaskModel task, Set<String> providedAround) {
        return task.withNames(
                GroupPath.join(group, task.name()),
                task.parameters().stream()
                        .map(parameter -> rename(parameter, providedAround))
                        .toList(),
                rename(task.after()),
                task.keys().stream().map(this::rename).toList(),
                rename(task.control()));
    }

    private ParameterModel rename(ParameterModel parameter, Set<String> providedAround) {
        if (parameter instanceof ParameterModel.Key key) {
            return new ParameterModel.Key(rename(key.key()), key.type(), key.nullable(), key.optional(), key.site());
        }
        if (parameter instanceof ParameterModel.Keys keys) {
            return new ParameterModel.Keys(
                    rename(keys.keys()),
                    keys.element(),
                    keys.map(),
                    keys.nullableElements(),
                    keys.optional(),
                    keys.type(),
                    keys.site());
        }
        if (parameter instanceof ParameterModel.Element element) {
            return new ParameterModel.Element(
                    rename(element.key()), element.type(), element.nullable(), element.site());
        }
        return parameter instanceof ParameterModel.Input input ? rename(input, providedAround) : parameter;
    }

    /** What the class takes as an input is a key where a task around the group provides it. */
    private ParameterModel rename(ParameterModel.Input input, Set<String> providedAround) {
        KeyUse use = rename(new KeyUse(input.name(), input.inside(), input.site()));
        return providedAround.contains(use.name()) && !providedInside.contains(input.name())
                ? new ParameterModel.Key(
                        use,
                        input.type(),
                        input.nullable(),
                        false,
                        Site.of(input.site().element()))
                : new ParameterModel.Input(use.name(), input.inside(), input.type(), input.nullable(), input.site());
    }

    /** Paths are private to groups in this one. */
    private void mention(String name) {
        if (GroupPath.group(name).isEmpty()) {
            mentioned.add(name);
        }
    }

    private List<KeyUse> rename(List<KeyUse> uses) {
        return uses.stream().map(this::rename).toList();
    }

    private KeyUse rename(KeyUse use) {
        mention(use.name());
        return new KeyUse(around(use.name()), use.inside(), site(use.name(), use.site()));
    }

    private KeyModel rename(KeyModel key) {
        mention(key.name());
        return new KeyModel(
                around(key.name()),
                key.inside(),
                key.type(),
                key.nullable(),
                key.keep(),
                key.optional(),
                site(key.name(), key.site()));
    }

    private ControlModel rename(ControlModel control) {
        List<ControlModel.Guard> guards = control.guards().stream()
                .map(guard ->
                        new ControlModel.Guard(rename(guard.key()), guard.negated(), guard.constants(), guard.site()))
                .toList();
        return new ControlModel(guards, control.optional(), control.forEach(), control.recorded());
    }
}
