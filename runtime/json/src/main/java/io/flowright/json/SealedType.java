package io.flowright.json;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.flowright.runtime.spi.CodecException;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DatabindContext;
import tools.jackson.databind.JavaType;

/**
 * A sealed type and the classes that its values may have, by the names that stand in the records.
 *
 * @param raw the sealed type
 * @param classes the classes by their simple names, or by what {@link JsonTypeName} says
 */
record SealedType(Class<?> raw, Map<String, Class<?>> classes) {

    private static final ClassValue<SealedType> KNOWN = new ClassValue<>() {
        @Override
        protected SealedType computeValue(Class<?> sealed) {
            return inspect(sealed);
        }
    };

    /** Whether we write the name of the class before the value; not where the user's annotations say how. */
    static boolean is(Class<?> type) {
        // An enum whose constants have bodies is sealed too.
        return type.isSealed() && !type.isEnum() && !isAnnotated(type);
    }

    /** Whether annotations tell Jackson how to name the class of a value. */
    static boolean isAnnotated(@Nullable Class<?> type) {
        return type != null
                && (type.isAnnotationPresent(JsonTypeInfo.class)
                        || type.isAnnotationPresent(JsonSubTypes.class)
                        || isAnnotated(type.getSuperclass())
                        || Stream.of(type.getInterfaces()).anyMatch(SealedType::isAnnotated));
    }

    /** The sealed type; found out when it is first asked for, since it may refer to itself, and then known. */
    static SealedType of(Class<?> sealed) {
        return KNOWN.get(sealed);
    }

    private static SealedType inspect(Class<?> sealed) {
        Set<Class<?>> found = new LinkedHashSet<>();
        collect(sealed, sealed, found);
        Map<String, Class<?>> classes = new HashMap<>();
        for (Class<?> type : found) {
            Class<?> other = classes.put(name(type), type);
            if (other != null) {
                throw new CodecException(
                        sealed.getName() + " permits two classes that are both called " + name(type) + ", "
                                + other.getName() + " and " + type.getName()
                                + "; rename one of them, or give it a name with @JsonTypeName",
                        null);
            }
        }
        return new SealedType(sealed, Map.copyOf(classes));
    }

    private static void collect(Class<?> sealed, Class<?> type, Set<Class<?>> found) {
        boolean instantiable = !Modifier.isAbstract(type.getModifiers()) || type.isEnum();
        if (instantiable) {
            found.add(type);
        }
        if (type.isSealed() && !type.isEnum()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                collect(sealed, permitted, found);
            }
        } else if (!instantiable) {
            throw new CodecException(
                    sealed.getName() + " permits " + type.getName()
                            + ", which is abstract and open: nobody knows its classes; seal it",
                    null);
        }
    }

    private static String name(Class<?> type) {
        JsonTypeName named = type.getAnnotation(JsonTypeName.class);
        return named == null || named.value().isEmpty() ? type.getSimpleName() : named.value();
    }

    /**
     * The type that a permitted class has as a value of a generic sealed type; null: it cannot be one, as no {@code Names implements
     * Result<List<String>>} is a {@code Result<Integer>}.
     */
    static @Nullable JavaType as(JavaType sealed, Class<?> permitted, DatabindContext context) {
        JavaType type = context.getTypeFactory().constructSpecializedType(sealed, permitted, true);
        JavaType seen = type.findSuperType(sealed.getRawClass());
        return seen != null && seen.getBindings().equals(sealed.getBindings()) ? type : null;
    }

    /** The name of a value's class; null: it is not permitted. */
    @Nullable
    String nameOf(Class<?> type) {
        String name = name(type);
        return type.equals(classes.get(name)) ? name : null;
    }
}
