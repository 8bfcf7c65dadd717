package io.flowright.processor.model;

import javax.lang.model.type.TypeMirror;

/**
 * A key that a task provides.
 *
 * @param name its name
 * @param type the type of its value; void: an ordering-only key
 * @param nullable whether the value may be null
 * @param keep whether the value stays until the end of the run and has an accessor
 * @param site where the name is written, else the method
 */
public record KeyModel(String name, TypeMirror type, boolean nullable, boolean keep, Site site) {}
