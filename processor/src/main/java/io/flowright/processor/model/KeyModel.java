package io.flowright.processor.model;

import javax.lang.model.type.TypeMirror;

/**
 * A key that a task provides.
 *
 * @param name its name
 * @param inside what the class that provides it calls it; another name only in a group
 * @param type the type of its value; void: an ordering-only key
 * @param nullable whether the value may be null
 * @param keep whether the value stays until the end of the run and has an accessor
 * @param optional whether the method gives it as an {@code Optional}, so that it is absent where that is empty
 * @param site where the name is written, else the method; of a rebound name, the rebinding
 */
public record KeyModel(
        String name, String inside, TypeMirror type, boolean nullable, boolean keep, boolean optional, Site site) {

    public KeyModel(String name, TypeMirror type, boolean nullable, boolean keep, boolean optional, Site site) {
        this(name, name, type, nullable, keep, optional, site);
    }

    /** The name as it is known at the site: without the groups that it is in. */
    public String shown() {
        return name.equals(inside) ? name : GroupPath.last(name);
    }
}
