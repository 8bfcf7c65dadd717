package io.flowright.processor.model;

/**
 * A key that is asked for by name.
 *
 * @param name the key
 * @param site where it is asked for: the parameter, or the name among several
 */
public record KeyUse(String name, Site site) {}
