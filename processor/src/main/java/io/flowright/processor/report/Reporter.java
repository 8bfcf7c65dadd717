package io.flowright.processor.report;

import io.flowright.processor.model.Compilation;
import io.flowright.processor.model.Site;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.annotation.processing.Messager;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.tools.Diagnostic.Kind;

/** Prints diagnostics: each once, by class and then from top to bottom, whatever order they were found in. */
public final class Reporter {

    private final Compilation compilation;
    private final Messager messager;
    private final boolean warningsAreErrors;
    private final Map<Element, Map<Element, Integer>> positions = new HashMap<>();

    /** @param warningsAreErrors whether the option {@code flowright.werror} is set */
    public Reporter(Compilation compilation, Messager messager, boolean warningsAreErrors) {
        this.compilation = compilation;
        this.messager = messager;
        this.warningsAreErrors = warningsAreErrors;
    }

    /**
     * Prints the diagnostics of several flows.
     *
     * @param found by flow class
     */
    public void print(Map<? extends Element, Problems> found) {
        Map<List<Object>, Printable> printables = new LinkedHashMap<>();
        found.forEach((flow, problems) -> problems.all().forEach(diagnostic -> {
            if (!diagnostic.message().isWarning() || !Suppression.covers(diagnostic)) {
                Printable printable = printable(diagnostic, flow);
                printables.putIfAbsent(List.of(printable.site(), printable.text()), printable);
            }
        }));
        List<Printable> sorted = new ArrayList<>(printables.values());
        sorted.sort(Comparator.comparing(Printable::position).thenComparing(Printable::text));
        sorted.forEach(this::print);
    }

    /**
     * A diagnostic with all that is needed to print it.
     *
     * @param position its class and place, in a form that sorts
     */
    private record Printable(Kind kind, String position, Site site, String text) {}

    /** Compilers have no place for an element of a class file: the flow class stands in. */
    private Printable printable(Diagnostic diagnostic, Element flow) {
        Site site = compilation.isSource(diagnostic.site().element()) ? diagnostic.site() : Site.of(flow);
        Kind kind = diagnostic.message().isWarning() && !warningsAreErrors ? Kind.WARNING : Kind.ERROR;
        return new Printable(kind, position(site.element(), flow), site, diagnostic.text());
    }

    private String position(Element element, Element flow) {
        Element owner = element.getEnclosingElement();
        if (owner == null) {
            // ECJ forgets the methods of parameters from the second round on: they come last in their flow.
            return position(flow, flow) + "#~";
        }
        if (owner.getKind() == ElementKind.PACKAGE) {
            return element.toString();
        }
        int index = positions.computeIfAbsent(owner, Reporter::indices).getOrDefault(element, 0);
        return position(owner, flow) + "#%06d".formatted(index);
    }

    private static Map<Element, Integer> indices(Element owner) {
        Map<Element, Integer> indices = new HashMap<>();
        Collection<? extends Element> parts =
                owner instanceof ExecutableElement method ? method.getParameters() : owner.getEnclosedElements();
        parts.forEach(part -> indices.put(part, indices.size()));
        return indices;
    }

    private void print(Printable printable) {
        Site site = printable.site();
        messager.printMessage(printable.kind(), printable.text(), site.element(), site.annotation(), site.value());
    }
}
