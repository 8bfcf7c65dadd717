package io.flowright.processor.read;

import io.flowright.processor.model.Site;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.SimpleAnnotationValueVisitor14;
import org.jspecify.annotations.Nullable;

/**
 * One of our annotations on an element. Values are read with visitors, because compilers put the text {@code "<error>"} where
 * they could not resolve a class or a constant; such values are handed to {@link Unresolved} and left out.
 */
final class AnnotationUse {

    private static final String PACKAGE = "io.flowright.annotations.";
    private static final String UNRESOLVED = "<error>";

    private final Element element;
    private final AnnotationMirror mirror;
    private final Unresolved unresolved;
    private final Map<String, AnnotationValue> values = new HashMap<>();

    private AnnotationUse(Element element, AnnotationMirror mirror, Unresolved unresolved) {
        this.element = element;
        this.mirror = mirror;
        this.unresolved = unresolved;
        mirror.getElementValues()
                .forEach((attribute, value) ->
                        values.put(attribute.getSimpleName().toString(), value));
    }

    /** Our annotations on an element, by simple name; the container of a repeated one as {@code When.All}. */
    static Map<String, AnnotationUse> on(Element element, Unresolved unresolved) {
        Map<String, AnnotationUse> uses = new LinkedHashMap<>();
        for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
            TypeElement type = (TypeElement) mirror.getAnnotationType().asElement();
            String name = type.getQualifiedName().toString();
            if (name.startsWith(PACKAGE)) {
                uses.put(name.substring(PACKAGE.length()), new AnnotationUse(element, mirror, unresolved));
            }
        }
        return uses;
    }

    /** Those of one name among the annotations of an element, whether written once or repeatedly, in that order. */
    static List<AnnotationUse> repeated(Map<String, AnnotationUse> uses, String name) {
        AnnotationUse single = uses.get(name);
        AnnotationUse container = uses.get(name + ".All");
        if (container == null) {
            return single == null ? List.of() : List.of(single);
        }
        return container.items("value", AnnotationMirror.class).stream()
                .map(item -> new AnnotationUse(container.element, item.value(), container.unresolved))
                .toList();
    }

    /** The constant of an enum that the attribute names. */
    String constant(String attribute) {
        VariableElement constant = read(find(attribute), VariableElement.class);
        return constant == null ? "" : constant.getSimpleName().toString();
    }

    /** {@code Retry}. */
    String name() {
        return mirror.getAnnotationType().asElement().getSimpleName().toString();
    }

    Site site() {
        return new Site(element, mirror, null);
    }

    /** Where the attribute is written; the annotation itself where it is left to its default. */
    Site site(String attribute) {
        return new Site(element, mirror, values.get(attribute));
    }

    boolean has(String attribute) {
        return values.containsKey(attribute);
    }

    String string(String attribute) {
        return value(attribute, String.class, "");
    }

    int integer(String attribute) {
        return value(attribute, Integer.class, 0);
    }

    double decimal(String attribute) {
        return value(attribute, Double.class, 0.0);
    }

    boolean flag(String attribute) {
        return value(attribute, Boolean.class, false);
    }

    /** A class; null where it is not resolved. */
    @Nullable
    TypeMirror type(String attribute) {
        return read(find(attribute), TypeMirror.class);
    }

    /** The elements of an array of strings. */
    List<Item<String>> strings(String attribute) {
        return items(attribute, String.class);
    }

    /** The elements of an array of classes. */
    List<Item<TypeMirror>> types(String attribute) {
        return items(attribute, TypeMirror.class);
    }

    private <T> T value(String attribute, Class<T> type, T fallback) {
        T value = read(find(attribute), type);
        return value == null ? fallback : value;
    }

    private <T> List<Item<T>> items(String attribute, Class<T> type) {
        List<Item<T>> items = new ArrayList<>();
        for (AnnotationValue element : elements(find(attribute))) {
            T value = read(element, type);
            if (value != null) {
                items.add(new Item<>(value, has(attribute) ? new Site(this.element, mirror, element) : site()));
            }
        }
        return items;
    }

    private @Nullable AnnotationValue find(String attribute) {
        AnnotationValue written = values.get(attribute);
        return written != null ? written : defaultOf(attribute);
    }

    private @Nullable AnnotationValue defaultOf(String attribute) {
        for (ExecutableElement method :
                ElementFilter.methodsIn(mirror.getAnnotationType().asElement().getEnclosedElements())) {
            if (method.getSimpleName().contentEquals(attribute)) {
                return method.getDefaultValue();
            }
        }
        return null;
    }

    private <T> @Nullable T read(@Nullable AnnotationValue value, Class<T> type) {
        Object read = value == null ? null : value.accept(new Plain(), null);
        if (read == null || read.equals(UNRESOLVED) || isUnresolvedType(read)) {
            if (value != null) {
                unresolved.add(text(value), new Site(element, mirror, value));
            }
            return null;
        }
        return type.isInstance(read) ? type.cast(read) : null;
    }

    private static boolean isUnresolvedType(Object read) {
        return read instanceof TypeMirror type && type.getKind() == TypeKind.ERROR;
    }

    /** ECJ tells the name of an unknown class, javac does not. */
    private static String text(AnnotationValue value) {
        String text = value.toString().replace("\"", "").replace(".class", "");
        return text.equals(UNRESOLVED) ? "" : text;
    }

    /** The elements of an array; a value that stands where an array is expected is its only element. */
    private static List<? extends AnnotationValue> elements(@Nullable AnnotationValue value) {
        if (value == null) {
            return List.of();
        }
        List<? extends AnnotationValue> elements = value.accept(new Elements(), null);
        return elements == null ? List.of(value) : elements;
    }

    /**
     * An element of an array of values.
     *
     * @param value the value
     * @param site where it is written
     */
    record Item<T>(T value, Site site) {}

    /** Unwraps everything but arrays. */
    private static final class Plain extends SimpleAnnotationValueVisitor14<@Nullable Object, @Nullable Void> {

        @Override
        protected @Nullable Object defaultAction(Object value, @Nullable Void unused) {
            return value;
        }
    }

    /** Unwraps arrays only. */
    private static final class Elements
            extends SimpleAnnotationValueVisitor14<@Nullable List<? extends AnnotationValue>, @Nullable Void> {

        @Override
        public List<? extends AnnotationValue> visitArray(
                List<? extends AnnotationValue> elements, @Nullable Void unused) {
            return elements;
        }
    }
}
