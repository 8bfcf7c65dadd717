package io.flowright.processor.model;

import javax.lang.model.element.TypeElement;

/**
 * A class with task methods.
 *
 * @param type the class
 * @param parameter the name of its parameter of {@code create}: {@code orderTasks}
 * @param instance whether an instance is needed, that is, whether any of its task or fallback methods is not static
 */
public record TaskClass(TypeElement type, String parameter, boolean instance) {}
