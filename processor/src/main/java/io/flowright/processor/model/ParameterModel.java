package io.flowright.processor.model;

import java.util.List;
import javax.lang.model.type.TypeMirror;

/** A parameter of a task method. */
public sealed interface ParameterModel {

    /** The parameter. */
    Site site();

    /** Takes one key. */
    record Key(KeyUse key, TypeMirror type, boolean nullable, Site site) implements ParameterModel {}

    /**
     * Takes several keys in one collection.
     *
     * @param element the type that each key must fit
     * @param map whether they come as a map by key name, else as a list
     */
    record Keys(
            List<KeyUse> keys, TypeMirror element, boolean map, boolean nullableElements, TypeMirror type, Site site)
            implements ParameterModel {}

    /** Takes an input of the flow. */
    record Input(String name, TypeMirror type, boolean nullable, Site site) implements ParameterModel {}

    /** Takes the attempt's {@code TaskContext}. */
    record Context(Site site) implements ParameterModel {}

    /** Takes the attempt's {@code Progress}. */
    record ProgressSink(Site site) implements ParameterModel {}

    /** A mistake that has been reported; the position is kept. */
    record Broken(Site site) implements ParameterModel {}
}
