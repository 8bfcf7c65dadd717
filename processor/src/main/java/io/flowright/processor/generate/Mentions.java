package io.flowright.processor.generate;

import com.palantir.javapoet.ClassName;
import io.flowright.processor.model.CompensationModel;
import io.flowright.processor.model.FlowModel;
import io.flowright.processor.model.InputModel;
import io.flowright.processor.model.KeyModel;
import io.flowright.processor.model.ParameterModel;
import io.flowright.processor.model.PolicyModel;
import io.flowright.processor.model.TaskClass;
import io.flowright.processor.model.TaskModel;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.SimpleTypeVisitor14;
import org.jspecify.annotations.Nullable;

/** Collects the users' classes and methods that the generated code of a flow names. */
final class Mentions extends SimpleTypeVisitor14<@Nullable Void, @Nullable Void> {

    private final Set<Element> elements = new LinkedHashSet<>();
    private boolean raw;

    private Mentions() {}

    static Mentions of(FlowModel flow) {
        Mentions mentions = new Mentions();
        mentions.addFlow(flow);
        return mentions;
    }

    /** The classes. */
    List<ClassName> classNames() {
        return ElementFilter.typesIn(elements).stream().map(ClassName::get).toList();
    }

    /** The simple names of classes that cannot be qualified. */
    List<String> ofUnnamedPackage() {
        return classNames().stream()
                .filter(name -> name.packageName().isEmpty())
                .map(name -> name.topLevelClassName().simpleName())
                .distinct()
                .toList();
    }

    /** Whether something of this is deprecated, which javac warns of. */
    boolean deprecated(Elements compiler) {
        return elements.stream().anyMatch(compiler::isDeprecated);
    }

    /** Whether something of this is deprecated for removal. */
    boolean forRemoval() {
        return elements.stream().anyMatch(Mentions::isForRemoval);
    }

    private static boolean isForRemoval(Element element) {
        Deprecated deprecated = element.getAnnotation(Deprecated.class);
        return deprecated != null && deprecated.forRemoval();
    }

    /** Whether a generic class is mentioned without its arguments, which javac warns of. */
    boolean raw() {
        return raw;
    }

    private void addFlow(FlowModel flow) {
        for (TaskClass taskClass : flow.taskClasses()) {
            elements.add(taskClass.type());
        }
        if (flow.inputRecord() != null) {
            elements.add(flow.inputRecord());
        }
        for (InputModel input : flow.inputs()) {
            visit(input.type());
        }
        for (TaskModel task : flow.tasks()) {
            addTask(task);
        }
        for (CompensationModel compensation : flow.compensations()) {
            addTask(compensation.task());
        }
    }

    private void addTask(TaskModel task) {
        elements.add(task.method());
        visit(task.resultType());
        task.thrown().forEach(this::visit);
        for (KeyModel key : task.keys()) {
            visit(key.type());
        }
        for (ParameterModel parameter : task.parameters()) {
            if (parameter instanceof ParameterModel.Keys keys) {
                visit(keys.element());
            } else if (parameter instanceof ParameterModel.Key key) {
                visit(key.type());
            } else if (parameter instanceof ParameterModel.Element element) {
                visit(element.type());
            }
        }
        if (task.policies().any()) {
            addPolicies(task.policies());
        }
    }

    private void addPolicies(PolicyModel policies) {
        if (policies.retry() != null) {
            addFailures(policies.retry().on());
            addFailures(policies.retry().abortOn());
        }
        if (policies.breaker() != null) {
            addFailures(policies.breaker().on());
            addFailures(policies.breaker().ignore());
        }
        if (policies.fallback() != null && policies.fallback().method() != null) {
            elements.add(policies.fallback().method());
            policies.fallback().method().getParameters().forEach(parameter -> visit(parameter.asType()));
            if (policies.fallback().failure() != null) {
                visit(policies.fallback().failure().type());
            }
        }
        if (policies.idempotent() != null) {
            for (PolicyModel.TemplatePart part : policies.idempotent().parts()) {
                if (part instanceof PolicyModel.TemplatePart.Value value) {
                    elements.addAll(value.calls());
                }
            }
        }
    }

    private void addFailures(List<PolicyModel.ExceptionUse> failures) {
        failures.forEach(failure -> visit(failure.type()));
    }

    @Override
    public @Nullable Void visitDeclared(DeclaredType type, @Nullable Void unused) {
        TypeElement element = (TypeElement) type.asElement();
        elements.add(element);
        raw |= type.getTypeArguments().isEmpty() && !element.getTypeParameters().isEmpty();
        type.getTypeArguments().forEach(this::visit);
        visit(type.getEnclosingType());
        return null;
    }

    @Override
    public @Nullable Void visitArray(ArrayType type, @Nullable Void unused) {
        return visit(type.getComponentType());
    }

    @Override
    public @Nullable Void visitWildcard(WildcardType type, @Nullable Void unused) {
        if (type.getExtendsBound() != null) {
            visit(type.getExtendsBound());
        }
        if (type.getSuperBound() != null) {
            visit(type.getSuperBound());
        }
        return null;
    }
}
