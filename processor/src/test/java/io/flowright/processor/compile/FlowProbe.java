package io.flowright.processor.compile;

import io.flowright.annotations.Flow;
import io.flowright.processor.check.FlowChecker;
import io.flowright.processor.model.CheckedFlow;
import io.flowright.processor.model.Compilation;
import io.flowright.processor.model.FlowModel;
import io.flowright.processor.read.FlowReader;
import io.flowright.processor.report.Problems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** Reads and checks the flow {@code OrderTasks} of a case, and keeps what the writers would get. Its elements live as long as the compiler does. */
@SupportedAnnotationTypes("*")
public final class FlowProbe extends AbstractProcessor {

    private final List<FlowModel> flows = new ArrayList<>();
    private final List<@Nullable CheckedFlow> checked = new ArrayList<>();
    private final Problems problems = new Problems();
    private Duration duration = Duration.ZERO;

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latest();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        Set<String> sources = new HashSet<>();
        for (Element root : round.getRootElements()) {
            sources.add(root.toString());
        }
        Compilation compilation =
                new Compilation(processingEnv.getElementUtils(), processingEnv.getTypeUtils(), sources);
        long start = System.nanoTime();
        for (Element type : round.getElementsAnnotatedWith(Flow.class)) {
            if (!type.getSimpleName().contentEquals("OrderTasks")) {
                continue;
            }
            FlowModel flow = new FlowReader(compilation, true)
                    .read((TypeElement) type, problems)
                    .flow();
            flows.add(flow);
            checked.add(new FlowChecker(compilation, new HashMap<>(), false)
                    .check(flow, problems)
                    .checked());
        }
        duration = duration.plusNanos(System.nanoTime() - start);
        return false;
    }

    /** The flow as it was read. */
    public FlowModel flow() {
        return flows.get(0);
    }

    /** The names of the tasks in the order in which one thread runs them; empty where there is an error. */
    public List<String> order() {
        CheckedFlow flow = checked.get(0);
        return flow == null
                ? List.of()
                : flow.order().stream().map(task -> task.name()).toList();
    }

    public Problems problems() {
        return problems;
    }

    /** How long reading and checking took. */
    public Duration duration() {
        return duration;
    }
}
