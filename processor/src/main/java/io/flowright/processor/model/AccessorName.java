package io.flowright.processor.model;

import java.util.Set;
import javax.lang.model.SourceVersion;

/** Which names the methods of a result can have. */
public final class AccessorName {

    private static final Set<String> METHODS_OF_OBJECT =
            Set.of("getClass", "hashCode", "equals", "toString", "notify", "notifyAll", "wait", "clone", "finalize");

    private AccessorName() {}

    /** Whether a method can have the name: an identifier, no keyword, and not what every object has. */
    public static boolean isPossible(String name) {
        return SourceVersion.isIdentifier(name) && !SourceVersion.isKeyword(name) && !isMethodOfObject(name);
    }

    /** Whether every object has a method of that name. */
    public static boolean isMethodOfObject(String name) {
        return METHODS_OF_OBJECT.contains(name);
    }
}
