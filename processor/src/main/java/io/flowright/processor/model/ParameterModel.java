package io.flowright.processor.model;

import java.util.List;
import javax.lang.model.type.TypeMirror;

/** A parameter of a task method. */
public sealed interface ParameterModel {

    /** The parameter. */
    Site site();

    /**
     * Takes one key.
     *
     * @param type the type that the value must fit; of an {@code Optional}, of what it holds
     * @param optional whether it takes an {@code Optional}, which is empty where the key is absent
     */
    record Key(KeyUse key, TypeMirror type, boolean nullable, boolean optional, Site site) implements ParameterModel {}

    /**
     * Takes several keys in one collection.
     *
     * @param element the type that each key must fit
     * @param map whether they come as a map by key name, else as a list
     * @param optional whether the elements are {@code Optional}s of that type, empty where a key is absent
     */
    record Keys(
            List<KeyUse> keys,
            TypeMirror element,
            boolean map,
            boolean nullableElements,
            boolean optional,
            TypeMirror type,
            Site site)
            implements ParameterModel {}

    /**
     * Takes one element of a key at a time.
     *
     * @param key the key that has the elements
     * @param type the type that each element must fit
     */
    record Element(KeyUse key, TypeMirror type, boolean nullable, Site site) implements ParameterModel {}

    /** Takes the failure for which a compensation runs. */
    record Failure(Site site) implements ParameterModel {}

    /**
     * Takes an input of the flow.
     *
     * @param inside what the task's class calls it; another name only in a group
     */
    record Input(String name, String inside, TypeMirror type, boolean nullable, Site site) implements ParameterModel {

        public Input(String name, TypeMirror type, boolean nullable, Site site) {
            this(name, name, type, nullable, site);
        }
    }

    /** Takes the attempt's {@code TaskContext}. */
    record Context(Site site) implements ParameterModel {}

    /** Takes the attempt's {@code Progress}. */
    record ProgressSink(Site site) implements ParameterModel {}

    /** A mistake that has been reported; the position is kept. */
    record Broken(Site site) implements ParameterModel {}
}
