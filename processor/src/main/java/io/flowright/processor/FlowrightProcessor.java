package io.flowright.processor;

import com.google.auto.service.AutoService;
import io.flowright.processor.check.FlowChecker;
import io.flowright.processor.generate.DiagramFiles;
import io.flowright.processor.generate.FlowWriter;
import io.flowright.processor.model.CheckedFlow;
import io.flowright.processor.model.Compilation;
import io.flowright.processor.model.FlowModel;
import io.flowright.processor.model.Site;
import io.flowright.processor.read.FlowReader;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.Problems;
import io.flowright.processor.report.Reporter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * Turns each class with {@code @Flow} into a flow class: reads it, checks it, reports what is wrong, and generates the class, or
 * its skeleton where something is.
 *
 * <p>Between rounds it keeps names only: elements of one round mean nothing in the next.
 */
@AutoService(Processor.class)
// The second stands on what we generate; unclaimed it would be a warning under -Xlint:all, an error for careful users.
@SupportedAnnotationTypes({"io.flowright.annotations.*", "javax.annotation.processing.Generated"})
public final class FlowrightProcessor extends AbstractProcessor {

    private static final String FLOW = "io.flowright.annotations.Flow";
    private static final String DIAGRAM = "flowright.diagram";
    private static final String WERROR = "flowright.werror";
    private static final String EXHAUSTIVE = "flowright.exhaustive";

    /** The flow classes that are still to be generated, sorted so that nothing depends on the order of the sources. */
    private final Set<String> pending = new TreeSet<>();

    private final Set<String> sources = new LinkedHashSet<>();
    private final Map<String, String> generated = new HashMap<>();

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latest();
    }

    /** A diagram is written past the {@code Filer}, which Gradle allows to aggregating processors only. */
    @Override
    public Set<String> getSupportedOptions() {
        String incremental =
                processingEnv != null && processingEnv.getOptions().containsKey(DIAGRAM) ? "aggregating" : "isolating";
        return Set.of(DIAGRAM, WERROR, EXHAUSTIVE, "org.gradle.annotation.processing." + incremental);
    }

    /** Claims our annotations: javac warns of annotations that nobody claims, and users compile with {@code -Werror}. */
    @Override
    @SuppressWarnings("DoNotClaimAnnotations")
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        collect(round);
        Compilation compilation =
                new Compilation(processingEnv.getElementUtils(), processingEnv.getTypeUtils(), Set.copyOf(sources));
        Map<TypeElement, Finding> findings = new LinkedHashMap<>();
        for (TypeElement type : pendingTypes()) {
            Finding finding = examine(type, compilation, round.processingOver());
            if (finding.resolved()) {
                findings.put(type, finding);
                pending.remove(type.getQualifiedName().toString());
            }
        }
        generate(findings, compilation, round.processingOver());
        report(findings, compilation);
        return true;
    }

    private void collect(RoundEnvironment round) {
        for (Element root : round.getRootElements()) {
            if (root instanceof TypeElement type) {
                sources.add(type.getQualifiedName().toString());
            }
        }
        TypeElement flow = processingEnv.getElementUtils().getTypeElement(FLOW);
        if (flow != null) {
            for (Element element : round.getElementsAnnotatedWith(flow)) {
                pending.add(((TypeElement) element).getQualifiedName().toString());
            }
        }
    }

    private List<TypeElement> pendingTypes() {
        return pending.stream()
                .map(processingEnv.getElementUtils()::getTypeElement)
                .filter(Objects::nonNull)
                .toList();
    }

    /**
     * What became of a flow class in a round.
     *
     * @param problems its mistakes
     * @param flow as far as it could be read; null where the processor itself failed
     * @param checked null if there is an error
     * @param optionalKeys the keys that may be absent
     * @param resolved whether all its names were known, so that there is nothing to wait for
     */
    private record Finding(
            Problems problems,
            @Nullable FlowModel flow,
            @Nullable CheckedFlow checked,
            Set<String> optionalKeys,
            boolean resolved) {}

    private Finding examine(TypeElement type, Compilation compilation, boolean lastRound) {
        Problems problems = new Problems();
        try {
            FlowReader.Outcome outcome = new FlowReader(compilation, lastRound).read(type, problems);
            if (!outcome.resolved()) {
                return new Finding(problems, outcome.flow(), null, Set.of(), lastRound);
            }
            FlowChecker.Outcome checked =
                    new FlowChecker(compilation, generated, isOn(EXHAUSTIVE)).check(outcome.flow(), problems);
            return new Finding(problems, outcome.flow(), checked.checked(), checked.optionalKeys(), true);
        } catch (RuntimeException | StackOverflowError | AssertionError fault) {
            problems.add(Message.INTERNAL_ERROR, Site.of(type), type.getQualifiedName(), fault, trace(fault));
            return new Finding(problems, null, null, Set.of(), true);
        }
    }

    private void generate(Map<TypeElement, Finding> findings, Compilation compilation, boolean lastRound) {
        FlowWriter writer = new FlowWriter(processingEnv.getElementUtils(), processingEnv.getTypeUtils());
        findings.forEach((type, finding) -> {
            try {
                generate(finding, writer, compilation, lastRound);
            } catch (IOException | RuntimeException | StackOverflowError | AssertionError fault) {
                finding.problems()
                        .add(Message.INTERNAL_ERROR, Site.of(type), type.getQualifiedName(), fault, trace(fault));
            }
        });
    }

    private void generate(Finding finding, FlowWriter writer, Compilation compilation, boolean lastRound)
            throws IOException {
        String diagrams = processingEnv.getOptions().get(DIAGRAM);
        if (finding.checked() != null) {
            writer.write(finding.checked(), processingEnv.getFiler());
            if (diagrams != null) {
                new DiagramFiles(Path.of(diagrams)).write(finding.checked());
            }
            // The errors of the last round keep javac from what uses the flow; it would only warn of a file so late.
        } else if (finding.flow() != null && !lastRound && canHaveSkeleton(finding.flow(), compilation)) {
            writer.writeSkeleton(finding.flow(), finding.optionalKeys(), processingEnv.getFiler());
        }
    }

    /** Not where the name of the generated class is taken, nor where it could not name the classes of the tasks. */
    private boolean canHaveSkeleton(FlowModel flow, Compilation compilation) {
        String name = flow.packageName().isEmpty() ? flow.className() : flow.packageName() + "." + flow.className();
        String owner = flow.type().getQualifiedName().toString();
        return !sources.contains(name)
                && generated.getOrDefault(name, owner).equals(owner)
                && flow.taskClasses().stream()
                        .allMatch(taskClass -> compilation.isAccessible(taskClass.type(), flow.packageName()));
    }

    private void report(Map<TypeElement, Finding> findings, Compilation compilation) {
        Map<TypeElement, Problems> problems = new LinkedHashMap<>();
        findings.forEach((type, finding) -> problems.put(type, finding.problems()));
        new Reporter(compilation, processingEnv.getMessager(), isOn(WERROR)).print(problems);
    }

    private boolean isOn(String option) {
        return processingEnv.getOptions().containsKey(option)
                && !"false".equals(processingEnv.getOptions().get(option));
    }

    private static String trace(Throwable fault) {
        StringWriter trace = new StringWriter();
        fault.printStackTrace(new PrintWriter(trace));
        return "\n" + trace;
    }
}
