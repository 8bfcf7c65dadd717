package io.flowright.processor.model;

import javax.lang.model.element.TypeElement;

/**
 * A class with task methods, and its use in a flow: in groups it may have several.
 *
 * @param type the class
 * @param group the path of the group that its tasks belong to; empty: to none
 * @param parameter the name of its parameter of {@code create}: {@code orderTasks}
 * @param site where the flow names it: the class itself, or a value of {@code include}
 * @param instance whether an instance is needed, that is, whether any of its task or fallback methods is not static
 */
public record TaskClass(TypeElement type, String group, String parameter, Site site, boolean instance) {}
