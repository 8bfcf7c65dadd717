package io.flowright.processor.check;

import io.flowright.processor.model.Compilation;
import io.flowright.processor.model.InputModel;
import io.flowright.processor.model.KeyModel;
import io.flowright.processor.model.ParameterModel;
import io.flowright.processor.model.PolicyModel;
import io.flowright.processor.model.Site;
import io.flowright.processor.model.TaskModel;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.Problems;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.SimpleTypeVisitor14;
import org.jspecify.annotations.Nullable;

/** Types that the generated class has to name, but may not. */
final class AccessibleTypes implements Rule {

    private final Compilation compilation;

    AccessibleTypes(Compilation compilation) {
        this.compilation = compilation;
    }

    @Override
    public void check(Wiring wiring, Problems problems) {
        String packageName = wiring.flow().packageName();
        for (InputModel input : wiring.flow().inputs()) {
            String owner = "The input \"" + input.name() + "\"";
            check(input.type(), owner, input.sites().get(0), packageName, problems);
        }
        for (TaskModel task : wiring.methods()) {
            check(task.resultType(), task.displayName(), task.site(), packageName, problems);
            if (task.result() == TaskModel.Result.COMPONENTS) {
                for (KeyModel key : task.keys()) {
                    check(key.type(), task.displayName(), key.site(), packageName, problems);
                }
            }
            for (ParameterModel parameter : task.parameters()) {
                if (parameter instanceof ParameterModel.Element element) {
                    check(element.type(), task.displayName(), element.site(), packageName, problems);
                }
            }
            for (PolicyModel.ExceptionUse use : task.policies().exceptions()) {
                check(use.type(), task.displayName(), use.site(), packageName, problems);
            }
        }
    }

    private void check(TypeMirror type, String owner, Site site, String packageName, Problems problems) {
        List<Element> named = new ArrayList<>();
        type.accept(new Mentioned(), named);
        named.stream()
                .filter(element -> !compilation.isAccessible(element, packageName))
                .findFirst()
                .ifPresent(hidden -> problems.add(Message.INACCESSIBLE_TYPE, site, owner, hidden.getSimpleName()));
    }

    /** Collects the classes that a type mentions. */
    private static final class Mentioned extends SimpleTypeVisitor14<@Nullable Void, List<Element>> {

        @Override
        public @Nullable Void visitDeclared(DeclaredType type, List<Element> elements) {
            elements.add(type.asElement());
            type.getTypeArguments().forEach(argument -> visit(argument, elements));
            return null;
        }

        @Override
        public @Nullable Void visitArray(ArrayType type, List<Element> elements) {
            return visit(type.getComponentType(), elements);
        }

        @Override
        public @Nullable Void visitWildcard(WildcardType type, List<Element> elements) {
            visitIfPresent(type.getExtendsBound(), elements);
            visitIfPresent(type.getSuperBound(), elements);
            return null;
        }

        private void visitIfPresent(@Nullable TypeMirror bound, List<Element> elements) {
            if (bound != null) {
                visit(bound, elements);
            }
        }
    }
}
