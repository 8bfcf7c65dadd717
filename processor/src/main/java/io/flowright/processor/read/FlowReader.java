package io.flowright.processor.read;

import io.flowright.processor.model.Compilation;
import io.flowright.processor.model.FlowModel;
import io.flowright.processor.model.InputModel;
import io.flowright.processor.model.Site;
import io.flowright.processor.model.TaskClass;
import io.flowright.processor.model.TaskModel;
import io.flowright.processor.report.Problems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/** Reads a flow class and the classes that it includes. */
public final class FlowReader {

    private final Compilation compilation;
    private final boolean lastRound;

    /**
     * Reads what the compiler knows in this round.
     *
     * @param lastRound whether what is unresolved now stays so, and is to be complained about
     */
    public FlowReader(Compilation compilation, boolean lastRound) {
        this.compilation = compilation;
        this.lastRound = lastRound;
    }

    /**
     * What was read.
     *
     * @param flow as far as it could be read
     * @param resolved whether every name in it is known; if not, the next round must read again, and in the last round it is
     *     reported
     */
    public record Outcome(FlowModel flow, boolean resolved) {}

    /** Reads the flow; mistakes that the model cannot express are added to {@code problems}. */
    public Outcome read(TypeElement type, Problems problems) {
        Unresolved unresolved = new Unresolved();
        String packageName =
                compilation.elements().getPackageOf(type).getQualifiedName().toString();
        Reading reading = new Reading(compilation, problems, unresolved, lastRound, packageName);
        FlowModel flow = read(type, reading);
        if (lastRound) {
            unresolved.report(problems);
        }
        return new Outcome(flow, unresolved.isEmpty());
    }

    private static FlowModel read(TypeElement type, Reading reading) {
        AnnotationUse flow = AnnotationUse.on(type, reading.unresolved()).get("Flow");
        if (flow == null) {
            throw new IllegalArgumentException("No @Flow on " + type);
        }
        List<TaskClass> classes = new ArrayList<>();
        List<TaskModel> tasks = new ArrayList<>();
        Set<String> parameters = new HashSet<>();
        TaskReader reader = new TaskReader(reading);
        new IncludeReader(reading).read(type).forEach((element, site) -> {
            List<TaskMethod> methods = TaskMethods.of(element, reading);
            String parameter = unused(FlowNames.parameter(element), parameters);
            TaskClass taskClass = new TaskClass(element, parameter, site, needsInstance(methods, element));
            classes.add(taskClass);
            methods.forEach(method -> tasks.add(reader.read(method, taskClass)));
        });
        InputReader inputReader = new InputReader(reading);
        TypeElement record = inputReader.record(flow);
        List<InputModel> inputs =
                record == null ? inputReader.ofTasks(tasks) : inputReader.ofRecord(record, flow.site("input"));
        return new FlowModel(
                type,
                reading.packageName(),
                FlowNames.className(type),
                isPublic(type),
                flow.string("name").isEmpty() ? FlowNames.flowName(type) : flow.string("name"),
                flow.string("version"),
                List.copyOf(classes),
                inputs,
                record,
                inputReader.arePositional(inputs, record != null, FlowModel.MOST_POSITIONAL),
                List.copyOf(tasks),
                Site.of(type));
    }

    /** Public as seen from other packages: a public class in a hidden one is hidden. */
    private static boolean isPublic(TypeElement type) {
        TypeElement part = type;
        while (part.getModifiers().contains(Modifier.PUBLIC)) {
            if (!(part.getEnclosingElement() instanceof TypeElement outer)) {
                return true;
            }
            part = outer;
        }
        return false;
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

    private static String unused(String name, Set<String> used) {
        String unused = name;
        for (int number = 2; !used.add(unused); number++) {
            unused = name + number;
        }
        return unused;
    }
}
