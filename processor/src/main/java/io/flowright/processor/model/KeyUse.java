package io.flowright.processor.model;

/**
 * A key that is asked for by name.
 *
 * @param name the key
 * @param inside what the class that asks calls it; another name only in a group
 * @param site where it is asked for: the parameter, or the name among several; of a rebound name, the rebinding
 */
public record KeyUse(String name, String inside, Site site) {

    public KeyUse(String name, Site site) {
        this(name, name, site);
    }

    /** The name as it is known at the site: without the groups that it is in. */
    public String shown() {
        return name.equals(inside) ? name : GroupPath.last(name);
    }
}
