package io.flowright.processor.read;

import io.flowright.processor.report.Message;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Name;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Judges whether one method can stand in for a task that fails, and how it is called. */
final class StandIn {

    /** Not a parameter, but the method itself. */
    static final int WHOLE = -1;

    private static final int EXCEPTION = -1;
    private static final int NONE = -2;
    private static final int SEVERAL = -3;

    private final Reading reading;
    private final TaskMethod task;
    private final ExecutableElement method;
    private final ExecutableType type;

    /** @param owner the class that the method is called on */
    StandIn(Reading reading, TaskMethod task, ExecutableElement method, DeclaredType owner) {
        this.reading = reading;
        this.task = task;
        this.method = method;
        this.type = (ExecutableType) reading.compilation().types().asMemberOf(owner, method);
    }

    /**
     * What came out.
     *
     * @param parameters for each parameter of the method the index of the task's parameter; -1: the exception
     * @param failure what it takes as the exception; null: it takes none
     * @param mistake why it cannot stand in; null: it can
     * @param culprit the index of the parameter that the mistake is about; {@link #WHOLE}: the method
     */
    record Verdict(
            List<Integer> parameters,
            @Nullable TypeMirror failure,
            @Nullable Message mistake,
            int culprit) {

        private static Verdict no(Message mistake, int culprit) {
            return new Verdict(List.of(), null, mistake, culprit);
        }
    }

    ExecutableElement method() {
        return method;
    }

    /** Its types as seen from the class that it is called on. */
    ExecutableType type() {
        return type;
    }

    Verdict judge() {
        if (!reading.compilation().isCallable(method, reading.packageName())) {
            return Verdict.no(Message.HIDDEN_FALLBACK, WHOLE);
        }
        if (!method.getTypeParameters().isEmpty() || method.isVarArgs()) {
            return Verdict.no(Message.GENERIC_FALLBACK, WHOLE);
        }
        return returnsSame() ? match() : Verdict.no(Message.FALLBACK_RESULT, WHOLE);
    }

    private boolean returnsSame() {
        TypeMirror wanted = task.type().getReturnType();
        TypeMirror given = type.getReturnType();
        return reading.compilation().types().isSameType(given, wanted)
                || (!wanted.getKind().isPrimitive()
                        && !given.getKind().isPrimitive()
                        && reading.compilation().fits(given, wanted));
    }

    private Verdict match() {
        List<Integer> matched = new ArrayList<>();
        TypeMirror failure = null;
        int from = 0;
        int count = type.getParameterTypes().size();
        for (int index = 0; index < count; index++) {
            TypeMirror wanted = type.getParameterTypes().get(index);
            int found = find(index, wanted, from);
            if (found >= 0) {
                matched.add(found);
                from = found + 1;
            } else if (index == count - 1 && isThrowable(wanted)) {
                matched.add(EXCEPTION);
                failure = wanted;
            } else {
                return Verdict.no(
                        found == SEVERAL ? Message.UNCLEAR_FALLBACK_PARAMETER : Message.FALLBACK_PARAMETER, index);
            }
        }
        return new Verdict(List.copyOf(matched), failure, null, WHOLE);
    }

    /** The task's parameter of that name and type, else the only one of that type; never a guess between two. */
    private int find(int wanted, TypeMirror wantedType, int from) {
        Name name = method.getParameters().get(wanted).getSimpleName();
        List<Integer> candidates = new ArrayList<>();
        for (int index = from; index < task.type().getParameterTypes().size(); index++) {
            TypeMirror given = task.type().getParameterTypes().get(index);
            if (reading.compilation().fits(given, wantedType)) {
                if (task.element().getParameters().get(index).getSimpleName().equals(name)) {
                    return index;
                }
                candidates.add(index);
            }
        }
        if (candidates.isEmpty()) {
            return NONE;
        }
        boolean allWanted =
                method.getParameters().size() >= task.element().getParameters().size();
        return candidates.size() == 1 || allWanted ? candidates.get(0) : SEVERAL;
    }

    private boolean isThrowable(TypeMirror wanted) {
        TypeMirror throwable = reading.compilation()
                .elements()
                .getTypeElement("java.lang.Throwable")
                .asType();
        return reading.compilation().fits(wanted, throwable);
    }
}
