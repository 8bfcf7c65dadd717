package io.flowright.processor.read;

import io.flowright.processor.model.ParameterModel;
import io.flowright.processor.model.PolicyModel.TemplatePart;
import io.flowright.processor.model.Site;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.NearName;
import io.flowright.processor.report.TypeNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Reads the template of an idempotency key, and finds the methods that lead to its values. */
final class KeyTemplateReader {

    private static final Set<String> FINAL_TYPES = Set.of(
            "java.lang.String",
            "java.lang.Boolean",
            "java.lang.Byte",
            "java.lang.Short",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Character",
            "java.lang.Float",
            "java.lang.Double",
            "java.util.UUID",
            "java.math.BigDecimal",
            "java.math.BigInteger");

    private final Reading reading;

    KeyTemplateReader(Reading reading) {
        this.reading = reading;
    }

    /** The parts; empty where the template has a mistake, which is reported. */
    Optional<List<TemplatePart>> read(AnnotationUse use, TaskMethod method, List<ParameterModel> parameters) {
        Site site = use.site("value");
        String template = use.string("value");
        TemplateText text = TemplateText.parse(template);
        if (text.mistake() != null) {
            reading.problem(text.mistake(), site, template);
            return Optional.empty();
        }
        Map<String, Integer> received = received(parameters);
        List<TemplatePart> parts = new ArrayList<>();
        for (TemplateText.Piece piece : text.pieces()) {
            if (piece instanceof TemplateText.Piece.Literal literal) {
                parts.add(new TemplatePart.Text(literal.text()));
            } else if (piece instanceof TemplateText.Piece.Path path) {
                Integer parameter = received.get(path.names().get(0));
                if (parameter == null) {
                    reportNotReceived(path.names(), received.keySet(), parameters, template, site);
                } else {
                    value(path.names(), parameter, method, template, site).ifPresent(parts::add);
                }
            }
        }
        return parts.size() == text.pieces().size() ? Optional.of(List.copyOf(parts)) : Optional.empty();
    }

    /** The keys and inputs that the task receives, and its element by the parameter's name, each with the parameter's index. */
    private Map<String, Integer> received(List<ParameterModel> parameters) {
        Map<String, Integer> received = new LinkedHashMap<>();
        for (int index = 0; index < parameters.size(); index++) {
            ParameterModel parameter = parameters.get(index);
            if (parameter instanceof ParameterModel.Key key) {
                received.put(key.key().name(), index);
            } else if (parameter instanceof ParameterModel.Input input) {
                received.put(input.name(), index);
            } else if (parameter instanceof ParameterModel.Element) {
                int element = index;
                nameOf(parameter, index).ifPresent(name -> received.put(name, element));
            }
        }
        return received;
    }

    private Optional<TemplatePart> value(
            List<String> names, int parameter, TaskMethod method, String template, Site site) {
        TypeMirror type = method.type().getParameterTypes().get(parameter);
        List<ExecutableElement> calls = new ArrayList<>();
        for (String name : names.subList(1, names.size())) {
            Optional<Property> property = Property.find(type, name, reading.compilation(), reading.packageName());
            if (property.isEmpty()) {
                unknownProperty(type, name, template, site);
                return Optional.empty();
            }
            calls.add(property.get().method());
            type = property.get().type();
        }
        if (!isFinal(type)) {
            if (type.getKind() != TypeKind.ERROR) {
                reading.problem(Message.TEMPLATE_TYPE, site, template, String.join(".", names), TypeNames.of(type));
            }
            return Optional.empty();
        }
        return Optional.of(new TemplatePart.Value(parameter, List.copyOf(calls)));
    }

    private void reportNotReceived(
            List<String> path, Set<String> received, List<ParameterModel> parameters, String template, Site site) {
        String name = path.get(0);
        for (int index = 0; index < parameters.size(); index++) {
            if (!(parameters.get(index) instanceof ParameterModel.Keys keys)) {
                continue;
            }
            boolean one = keys.keys().stream().anyMatch(key -> key.name().equals(name));
            if (one || nameOf(keys, index).filter(name::equals).isPresent()) {
                reading.problem(
                        one ? Message.TEMPLATE_COLLECTED : Message.TEMPLATE_COLLECTION,
                        site,
                        template,
                        String.join(".", path),
                        name,
                        keys.map() ? "Map" : "List");
                return;
            }
        }
        reading.problem(Message.TEMPLATE_VALUE, site, template, name, NearName.question(name, received));
    }

    /** What the method calls the parameter; empty where a class file does not tell. */
    private Optional<String> nameOf(ParameterModel parameter, int index) {
        return parameter.site().element() instanceof VariableElement variable && !reading.isNameless(variable, index)
                ? Optional.of(variable.getSimpleName().toString())
                : Optional.empty();
    }

    private void unknownProperty(TypeMirror owner, String name, String template, Site site) {
        if (owner.getKind() == TypeKind.ERROR) {
            return;
        }
        if (!reading.lastRound() && mayStillGrow(owner)) {
            reading.unresolved().add(TypeNames.of(owner) + "." + name, site);
            return;
        }
        List<String> candidates = Property.namesOf(owner, reading.compilation()).toList();
        reading.problem(
                Message.TEMPLATE_PROPERTY,
                site,
                template,
                TypeNames.of(owner),
                name,
                NearName.question(name, candidates));
    }

    /** Whether another processor, as Lombok, may add methods: the type is in source and bears an annotation. */
    private boolean mayStillGrow(TypeMirror owner) {
        if (owner.getKind() != TypeKind.DECLARED) {
            return false;
        }
        Element element = ((DeclaredType) owner).asElement();
        return reading.compilation().isSource(element)
                && Stream.concat(Stream.of(element), element.getEnclosedElements().stream())
                        .anyMatch(part -> !part.getAnnotationMirrors().isEmpty());
    }

    private boolean isFinal(TypeMirror type) {
        if (type.getKind().isPrimitive()) {
            return true;
        }
        if (type.getKind() != TypeKind.DECLARED) {
            return false;
        }
        TypeElement element = (TypeElement) ((DeclaredType) type).asElement();
        return element.getKind() == ElementKind.ENUM
                || FINAL_TYPES.contains(element.getQualifiedName().toString())
                || reading.compilation()
                        .elements()
                        .getPackageOf(element)
                        .getQualifiedName()
                        .contentEquals("java.time");
    }
}
