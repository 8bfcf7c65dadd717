package io.flowright.runtime;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** A table of states: the group of each and what it may become. Filled once, by the class of the states. */
final class Transitions<S extends Enum<S>> {

    private final Set<S> active;
    private final Set<S> resumable;
    private final Set<S> done;
    private final Map<S, Set<S>> next;

    Transitions(Class<S> states) {
        active = EnumSet.noneOf(states);
        resumable = EnumSet.noneOf(states);
        done = EnumSet.noneOf(states);
        next = new EnumMap<>(states);
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    final Transitions<S> active(S state, S... successors) {
        return row(active, state, successors);
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    final Transitions<S> resumable(S state, S... successors) {
        return row(resumable, state, successors);
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    final Transitions<S> done(S state, S... successors) {
        return row(done, state, successors);
    }

    private Transitions<S> row(Set<S> group, S state, S[] successors) {
        group.add(state);
        Set<S> after = EnumSet.noneOf(state.getDeclaringClass());
        after.addAll(Set.of(successors));
        next.put(state, after);
        return this;
    }

    boolean allows(S from, S to) {
        return next.getOrDefault(from, Set.of()).contains(to);
    }

    boolean isActive(S state) {
        return active.contains(state);
    }

    boolean isResumable(S state) {
        return resumable.contains(state);
    }

    boolean isDone(S state) {
        return done.contains(state);
    }
}
