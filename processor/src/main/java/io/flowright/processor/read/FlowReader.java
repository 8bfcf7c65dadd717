package io.flowright.processor.read;

import io.flowright.processor.model.Compilation;
import io.flowright.processor.model.FlowModel;
import io.flowright.processor.model.InputModel;
import io.flowright.processor.model.Site;
import io.flowright.processor.report.Problems;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;

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
        MemberReader memberReader = new MemberReader(reading);
        Members members = memberReader.read(new IncludeReader(reading).read(type));
        InputReader inputReader = new InputReader(reading);
        TypeElement record = inputReader.record(flow);
        List<InputModel> inputs =
                record == null ? inputReader.ofMethods(members) : inputReader.ofRecord(record, flow.site("input"));
        return new FlowModel(
                type,
                reading.packageName(),
                FlowNames.className(type),
                isPublic(type),
                flow.string("name").isEmpty() ? FlowNames.flowName(type) : flow.string("name"),
                flow.string("version"),
                memberReader.classes(),
                inputs,
                record,
                inputReader.arePositional(inputs, record != null, FlowModel.MOST_POSITIONAL),
                List.copyOf(members.tasks()),
                List.copyOf(members.compensations()),
                flow.constant("onFailure"),
                flow.flag("durable"),
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
}
