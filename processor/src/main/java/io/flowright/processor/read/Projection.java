package io.flowright.processor.read;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.SimpleTypeVisitor14;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/**
 * What a method returns when it is called on a type with wildcards (JLS 4.10.5, upward projection): on a {@code Box<? extends
 * Number>} a method that returns {@code T} gives a {@code Number}, {@code List<T>} a {@code List<? extends Number>}, and {@code
 * List<List<T>>} a {@code List<? extends List<? extends Number>>}. {@code Types.asMemberOf} puts the wildcard wherever {@code T}
 * stands, and ECJ has no {@code Types.capture}.
 */
final class Projection extends SimpleTypeVisitor14<TypeMirror, @Nullable Void> {

    private final Types types;
    private final Map<Element, TypeMirror> arguments = new HashMap<>();

    /** The variables whose declared bounds are being visited: a bound may mention its own variable. */
    private final Set<Element> expanding = new HashSet<>();

    /** Whether a wildcard has come into the type that is being visited. */
    private boolean projected;

    private Projection(DeclaredType owner, Types types) {
        this.types = types;
        List<? extends Element> variables = ((TypeElement) owner.asElement()).getTypeParameters();
        for (int i = 0; i < owner.getTypeArguments().size(); i++) {
            arguments.put(variables.get(i), owner.getTypeArguments().get(i));
        }
    }

    static TypeMirror returnType(DeclaredType owner, ExecutableElement method, Types types) {
        boolean ownMethod = owner.asElement().equals(method.getEnclosingElement());
        return ownMethod && owner.getTypeArguments().stream().anyMatch(WildcardType.class::isInstance)
                ? new Projection(owner, types).visit(method.getReturnType())
                : ((ExecutableType) types.asMemberOf(owner, method)).getReturnType();
    }

    @Override
    protected TypeMirror defaultAction(TypeMirror type, @Nullable Void unused) {
        return type;
    }

    @Override
    public TypeMirror visitTypeVariable(TypeVariable variable, @Nullable Void unused) {
        TypeMirror argument = arguments.getOrDefault(variable.asElement(), variable);
        if (!(argument instanceof WildcardType wildcard)) {
            return argument;
        }
        projected = true;
        return wildcard.getExtendsBound() == null ? declaredBound(variable) : wildcard.getExtendsBound();
    }

    private TypeMirror declaredBound(TypeVariable variable) {
        expanding.add(variable.asElement());
        TypeMirror bound = visit(variable.getUpperBound());
        expanding.remove(variable.asElement());
        return bound;
    }

    @Override
    public TypeMirror visitIntersection(IntersectionType type, @Nullable Void unused) {
        return visit(type.getBounds().get(0));
    }

    @Override
    public TypeMirror visitArray(ArrayType type, @Nullable Void unused) {
        return types.getArrayType(visit(type.getComponentType()));
    }

    @Override
    public TypeMirror visitDeclared(DeclaredType type, @Nullable Void unused) {
        if (type.getTypeArguments().isEmpty()) {
            return type;
        }
        TypeMirror[] projections =
                type.getTypeArguments().stream().map(this::argument).toArray(TypeMirror[]::new);
        TypeElement element = (TypeElement) type.asElement();
        return type.getEnclosingType() instanceof DeclaredType outer && outer.getKind() == TypeKind.DECLARED
                ? types.getDeclaredType(outer, element, projections)
                : types.getDeclaredType(element, projections);
    }

    /** A wildcard stands where the type variable stood; around it, what contains all types that the wildcard may be. */
    private TypeMirror argument(TypeMirror argument) {
        boolean before = projected;
        projected = false;
        TypeMirror projection = argument instanceof WildcardType wildcard ? wildcard(wildcard) : plain(argument);
        projected |= before;
        return projection;
    }

    private TypeMirror plain(TypeMirror argument) {
        if (argument instanceof TypeVariable variable
                && arguments.get(variable.asElement()) instanceof WildcardType wildcard) {
            boolean bounded = wildcard.getExtendsBound() != null || wildcard.getSuperBound() != null;
            TypeMirror projection =
                    bounded || expanding.contains(variable.asElement()) ? wildcard : below(declaredBound(variable));
            projected = true;
            return projection;
        }
        TypeMirror projection = visit(argument);
        return projected ? below(projection) : projection;
    }

    private TypeMirror below(TypeMirror bound) {
        boolean isObject = types.directSupertypes(bound).isEmpty();
        return types.getWildcardType(isObject ? null : bound, null);
    }

    private TypeMirror wildcard(WildcardType wildcard) {
        if (wildcard.getExtendsBound() != null) {
            return types.getWildcardType(visit(wildcard.getExtendsBound()), null);
        }
        if (wildcard.getSuperBound() == null) {
            return wildcard;
        }
        TypeMirror bound = visit(wildcard.getSuperBound());
        return types.getWildcardType(null, projected ? null : bound);
    }
}
