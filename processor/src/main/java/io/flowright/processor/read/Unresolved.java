package io.flowright.processor.read;

import io.flowright.processor.model.Site;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.Problems;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ErrorType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.SimpleTypeVisitor14;
import org.jspecify.annotations.Nullable;

/** The names that the compiler does not know yet, each with the first place that uses it. */
final class Unresolved {

    private final Map<String, Site> sites = new LinkedHashMap<>();

    /** Notes a name; the empty one stands for a value of an annotation that the compiler hides. */
    void add(String name, Site site) {
        sites.putIfAbsent(name, site);
    }

    /** Notes what is unresolved in a type. */
    void addFrom(TypeMirror type, Site site) {
        type.accept(new Search(), site);
    }

    boolean isEmpty() {
        return sites.isEmpty();
    }

    /** Adds an error for each name; for values without a name only if there is nothing else that explains them. */
    void report(Problems problems) {
        sites.forEach((name, site) -> {
            if (!name.isEmpty()) {
                problems.add(Message.UNRESOLVED_TYPE, site, name);
            } else if (sites.size() == 1) {
                problems.add(Message.UNRESOLVED_VALUE, site);
            }
        });
    }

    private final class Search extends SimpleTypeVisitor14<@Nullable Void, Site> {

        @Override
        public @Nullable Void visitError(ErrorType type, Site site) {
            add(type.asElement().getSimpleName().toString(), site);
            return null;
        }

        @Override
        public @Nullable Void visitDeclared(DeclaredType type, Site site) {
            // A class that a class file mentions is loaded when it is asked something; javac finds out only then if it
            // is missing.
            Element element = type.asElement();
            if (element.getKind() == ElementKind.OTHER || element.asType().getKind() == TypeKind.ERROR) {
                add(element.getSimpleName().toString(), site);
            }
            type.getTypeArguments().forEach(argument -> visit(argument, site));
            return null;
        }

        @Override
        public @Nullable Void visitArray(ArrayType type, Site site) {
            return visit(type.getComponentType(), site);
        }

        @Override
        public @Nullable Void visitWildcard(WildcardType type, Site site) {
            visitIfPresent(type.getExtendsBound(), site);
            visitIfPresent(type.getSuperBound(), site);
            return null;
        }

        private void visitIfPresent(@Nullable TypeMirror bound, Site site) {
            if (bound != null) {
                visit(bound, site);
            }
        }
    }
}
