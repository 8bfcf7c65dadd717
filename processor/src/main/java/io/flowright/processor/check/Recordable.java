package io.flowright.processor.check;

import io.flowright.processor.model.AccessorName;
import io.flowright.processor.model.Compilation;
import io.flowright.processor.report.TypeNames;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Finds what in a type keeps its values from being written and read again. Of classes that are no records, only the name is looked at. */
final class Recordable {

    private static final String CODE = "is code, not a value";
    private static final String ABSTRACT = "is abstract and not sealed, so that nobody knows which class to make";
    private static final String ANYTHING = "does not say of which class a value is";

    /** A class, and why values of its subtypes cannot be recorded. */
    private record Refused(String supertype, String reason) {}

    /** The first one that fits says why: a stream is closeable too. */
    private static final List<Refused> REFUSED = List.of(
            new Refused("java.util.Iterator", "can be read only once"),
            new Refused("java.util.Enumeration", "can be read only once"),
            new Refused("java.util.stream.BaseStream", "can be read only once"),
            new Refused("java.util.concurrent.Future", "is work under way, not a value"),
            new Refused("java.util.concurrent.CompletionStage", "is work under way, not a value"),
            new Refused("java.lang.AutoCloseable", "belongs to this process, which has to close it"),
            new Refused("java.lang.Thread", "belongs to this process"),
            new Refused("java.lang.ClassLoader", "belongs to this process"),
            new Refused("java.lang.Throwable", "is an exception, not a value"));

    /** Abstract classes and interfaces of the JDK whose values are data. */
    private static final Set<String> DATA = Set.of(
            "java.lang.Iterable",
            "java.util.Map.Entry",
            "java.nio.file.Path",
            "java.time.ZoneId",
            "java.util.TimeZone",
            "java.nio.charset.Charset");

    private final Compilation compilation;

    Recordable(Compilation compilation) {
        this.compilation = compilation;
    }

    /**
     * What is in the way.
     *
     * @param type the type that cannot be recorded
     * @param reason why not
     * @param path how the type is reached: the types around it, and the components of records
     */
    record Obstacle(TypeMirror type, String reason, List<String> path) {}

    /** What keeps values of the type from being recorded; null: nothing does. */
    @Nullable
    Obstacle obstacle(TypeMirror type) {
        return new Search().find(type);
    }

    private final class Search {

        private final Deque<String> path = new ArrayDeque<>();

        /** The types that have been looked at: records and sealed types may contain themselves. */
        private final Set<String> seen = new HashSet<>();

        @Nullable
        Obstacle find(TypeMirror type) {
            if (type instanceof ArrayType array) {
                return within(TypeNames.of(type), array.getComponentType());
            }
            if (type instanceof WildcardType) {
                return found(type, ANYTHING);
            }
            // What else there is: primitives; variables, whose values are looked at as type arguments; mistakes
            // reported elsewhere.
            return type.getKind() == TypeKind.DECLARED && seen.add(TypeNames.qualified(type))
                    ? ofDeclared((DeclaredType) type, (TypeElement) ((DeclaredType) type).asElement())
                    : null;
        }

        private Obstacle found(TypeMirror type, String reason) {
            return new Obstacle(type, reason, List.copyOf(path));
        }

        private @Nullable Obstacle within(String step, TypeMirror type) {
            path.addLast(step);
            Obstacle obstacle = find(type);
            path.removeLast();
            return obstacle;
        }

        private @Nullable Obstacle ofDeclared(DeclaredType type, TypeElement element) {
            String reason = reason(type, element);
            if (reason != null) {
                return found(type, reason);
            }
            for (TypeMirror argument : type.getTypeArguments()) {
                Obstacle obstacle = within(TypeNames.of(type), argument);
                if (obstacle != null) {
                    return obstacle;
                }
            }
            if (element.getKind() == ElementKind.RECORD) {
                return ofComponents(type, element);
            }
            return isSealed(element) && !isOfJdk(element) ? ofPermitted(type, element) : null;
        }

        private @Nullable Obstacle ofComponents(DeclaredType type, TypeElement element) {
            for (RecordComponentElement component : element.getRecordComponents()) {
                TypeMirror value = ((ExecutableType) compilation.types().asMemberOf(type, component.getAccessor()))
                        .getReturnType();
                Obstacle obstacle = within(element.getSimpleName() + "." + component.getSimpleName(), value);
                if (obstacle != null) {
                    return obstacle;
                }
            }
            return null;
        }

        private @Nullable Obstacle ofPermitted(DeclaredType type, TypeElement element) {
            for (TypeMirror permitted : element.getPermittedSubclasses()) {
                // As it is declared: its own variables stand for what the arguments of the sealed type are.
                TypeMirror declared = ((DeclaredType) permitted).asElement().asType();
                Obstacle obstacle = within(TypeNames.of(type), declared);
                if (obstacle != null) {
                    return obstacle;
                }
            }
            return null;
        }
    }

    private @Nullable String reason(DeclaredType type, TypeElement element) {
        String name = element.getQualifiedName().toString();
        if (name.equals("java.lang.Object")) {
            return ANYTHING;
        }
        if (type.getTypeArguments().isEmpty() && !element.getTypeParameters().isEmpty()) {
            return "is a raw type, which " + ANYTHING;
        }
        String inherited = inherited(type);
        if (inherited != null) {
            return inherited;
        }
        boolean open = element.getModifiers().contains(Modifier.ABSTRACT) && !isSealed(element);
        if (!open || DATA.contains(name) || isCollection(type, element)) {
            return null;
        }
        return isFunctional(element) ? CODE : ABSTRACT;
    }

    private @Nullable String inherited(TypeMirror type) {
        return REFUSED.stream()
                .filter(refused -> isSubtype(type, refused.supertype()))
                .map(Refused::reason)
                .findFirst()
                .orElse(null);
    }

    private boolean isCollection(TypeMirror type, TypeElement element) {
        return isOfJdk(element) && (isSubtype(type, "java.util.Collection") || isSubtype(type, "java.util.Map"));
    }

    private boolean isSubtype(TypeMirror type, String supertype) {
        Types types = compilation.types();
        TypeElement other = compilation.elements().getTypeElement(supertype);
        return other != null && types.isSubtype(types.erasure(type), types.erasure(other.asType()));
    }

    private boolean isOfJdk(TypeElement element) {
        return compilation
                .elements()
                .getPackageOf(element)
                .getQualifiedName()
                .toString()
                .startsWith("java.");
    }

    private static boolean isSealed(TypeElement element) {
        return element.getModifiers().contains(Modifier.SEALED);
    }

    /** Whether a lambda expression could be a value of it. */
    private boolean isFunctional(TypeElement element) {
        return element.getKind() == ElementKind.INTERFACE
                && ElementFilter.methodsIn(compilation.elements().getAllMembers(element)).stream()
                                .filter(method -> method.getModifiers().contains(Modifier.ABSTRACT))
                                .map(method -> method.getSimpleName().toString())
                                .filter(method -> !AccessorName.isMethodOfObject(method))
                                .distinct()
                                .count()
                        == 1;
    }
}
