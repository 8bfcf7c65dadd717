package io.flowright.processor.generate;

import io.flowright.processor.model.CompensationModel;
import io.flowright.processor.model.ControlModel;
import io.flowright.processor.model.InputModel;
import io.flowright.processor.model.KeyModel;
import io.flowright.processor.model.ParameterModel;
import io.flowright.processor.model.TaskModel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.type.TypeKind;

/**
 * What tells a graph from others that cannot continue its recorded runs: the tasks by their durable names, the types of what is recorded,
 * and who needs what. Not methods, policies, priorities or the order in which tasks are declared. Inputs and the keys of one task are
 * recorded by position, so their order counts.
 */
final class Fingerprint {

    private static final int HEX_DIGITS = 32;

    private final Plan plan;
    private final RecordedTypes types;

    Fingerprint(Plan plan, RecordedTypes types) {
        this.plan = plan;
        this.types = types;
    }

    /** The fingerprint, in hexadecimal digits. */
    String compute() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, HEX_DIGITS);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java platform has SHA-256", missing);
        }
    }

    /** A line for each input, task and compensation. Names hold neither spaces nor brackets. */
    private String text() {
        StringBuilder text = new StringBuilder();
        for (InputModel input : plan.flow().inputs()) {
            text.append("input ")
                    .append(input.name())
                    .append(' ')
                    .append(types.of(input.type()).text())
                    .append('\n');
        }
        List<String> lines = new ArrayList<>();
        plan.tasks().forEach(task -> lines.add("task " + task.name() + keys(task) + needs(task) + control(task)));
        plan.flow().compensations().forEach(compensation -> lines.add(undo(compensation)));
        Collections.sort(lines);
        lines.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    private String keys(TaskModel task) {
        return task.keys().stream().map(this::key).collect(Collectors.joining(" ", " gives(", ")"));
    }

    private String key(KeyModel key) {
        if (key.type().getKind() == TypeKind.VOID) {
            return key.name();
        }
        // What nobody takes is not recorded, and must not be missed after somebody takes it.
        String held = plan.slot(key.name()).stored() ? "" : "unheld ";
        return held + key.name() + ":" + types.of(key.type()).text() + (key.optional() ? "?" : "");
    }

    private static String needs(TaskModel task) {
        Set<String> needed = Uses.needed(task);
        return names(Uses.of(task).stream()
                .map(name -> needed.contains(name) ? name : name + "?")
                .toList());
    }

    private static String names(Collection<String> names) {
        return names.stream().sorted().collect(Collectors.joining(" ", " needs(", ")"));
    }

    private static String control(TaskModel task) {
        StringBuilder text = new StringBuilder();
        task.control().guards().stream()
                .map(guard -> guard.key().name() + (guard.negated() ? "!=" : "=") + constants(guard))
                .sorted()
                .forEach(guard -> text.append(" when(").append(guard).append(')'));
        if (task.control().optional()) {
            text.append(" optional");
        }
        ControlModel.ForEach forEach = task.control().forEach();
        if (forEach != null) {
            text.append(" each(").append(elements(task, forEach)).append(' ').append(forEach.quorum());
            text.append(forEach.collect() ? " collect" : "").append(forEach.optional() ? " optional)" : ")");
        }
        return text.toString();
    }

    private static String constants(ControlModel.Guard guard) {
        return guard.constants().stream()
                .map(ControlModel.Constant::name)
                .sorted()
                .collect(Collectors.joining("|"));
    }

    private static String elements(TaskModel task, ControlModel.ForEach forEach) {
        return ((ParameterModel.Element) task.parameters().get(forEach.parameter()))
                .key()
                .name();
    }

    private static String undo(CompensationModel compensation) {
        return "undo " + compensation.of() + (compensation.started() ? " started" : "") + needs(compensation.task());
    }
}
