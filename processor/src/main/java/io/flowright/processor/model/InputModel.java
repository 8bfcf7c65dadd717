package io.flowright.processor.model;

import java.util.List;
import javax.lang.model.type.TypeMirror;

/**
 * An input of a flow.
 *
 * @param name its name
 * @param type its type
 * @param nullable whether it may be null
 * @param sites every place that declares it, the first one first; never empty
 */
public record InputModel(String name, TypeMirror type, boolean nullable, List<Site> sites) {}
