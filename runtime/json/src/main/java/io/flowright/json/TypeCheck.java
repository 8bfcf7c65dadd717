package io.flowright.json;

import io.flowright.runtime.spi.CodecException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.Calendar;
import java.util.Comparator;
import java.util.Currency;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.deser.AbstractDeserializer;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.deser.impl.UnsupportedTypeDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.ser.PropertyWriter;
import tools.jackson.databind.ser.bean.BeanSerializerBase;
import tools.jackson.databind.ser.impl.UnknownSerializer;
import tools.jackson.databind.ser.impl.UnsupportedTypeSerializer;

/**
 * Finds what in a type could be written but not read, or not read as what it was, before the first value of it is written: a run
 * must not learn that when it is recovered.
 */
final class TypeCheck {

    /** Their names in JSON are read as what they were; of other classes Jackson would write {@code toString}. */
    private static final Set<Class<?>> KEYS = Set.of(
            String.class,
            Boolean.class,
            Byte.class,
            Short.class,
            Character.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigInteger.class,
            BigDecimal.class,
            UUID.class,
            URI.class,
            Locale.class,
            Currency.class);

    private final JavaType root;
    private final SerializationContext writing;
    private final DeserializationContext reading;
    private final Set<JavaType> seen = new HashSet<>();

    private TypeCheck(JavaType root, JsonMapper mapper) {
        this.root = root;
        this.writing = mapper._serializationContext();
        this.reading = mapper._deserializationContext();
    }

    /**
     * Refuses a type of which not all can be recorded.
     *
     * @throws CodecException naming the type in the way, the path to it and the way out
     */
    static void check(JavaType type, JsonMapper mapper) {
        new TypeCheck(type, mapper).visit(type, "");
    }

    private void visit(JavaType type, String path) {
        if (type.isPrimitive() || !seen.add(type)) {
            return;
        }
        Class<?> raw = type.getRawClass();
        if (raw == Object.class) {
            throw refused(
                    type, path, "it says nothing about the value (so does a raw type); declare the value's own type");
        }
        if (SealedType.isAnnotated(raw)) {
            return;
        }
        if (SealedType.is(raw)) {
            visitSealed(type, path);
            return;
        }
        ValueSerializer<?> serializer = serializer(type, path);
        String reason = isForeign(serializer) ? null : reason(type);
        if (reason != null) {
            throw refused(type, path, reason);
        }
        if (type.isContainerType() || type.isReferenceType()) {
            visitContents(type, path);
        } else if (serializer instanceof BeanSerializerBase bean) {
            visitBean(type, bean, path);
        } else if (serializer instanceof UnknownSerializer || serializer instanceof UnsupportedTypeSerializer) {
            throw refused(
                    type,
                    path,
                    "nothing of what it holds could be written and read back; make it a record, or give it getters, and setters or a"
                            + " constructor that can be called");
        }
        verifyReadable(type, path);
    }

    private void visitSealed(JavaType type, String path) {
        SealedType sealed;
        try {
            sealed = SealedType.of(type.getRawClass());
        } catch (CodecException e) {
            throw refused(type, path, e.getMessage());
        }
        for (Class<?> permitted : sealed.classes().values().stream()
                .sorted(Comparator.comparing(Class::getName))
                .toList()) {
            JavaType own = SealedType.as(type, permitted, writing);
            if (own == null) {
                continue;
            }
            if (permitted != type.getRawClass()) {
                visit(own, path);
            }
            if (serializer(own, path) instanceof SealedSerializer instantiable
                    && instantiable.own() instanceof BeanSerializerBase bean) {
                visitProperties(bean, path);
                verifyInstantiable(own, reading.findRootValueDeserializer(own), path);
            }
        }
    }

    private void visitContents(JavaType type, String path) {
        JavaType key = type.getKeyType();
        if (key != null) {
            visitKey(key, path + "[key]");
        }
        JavaType content = type.getContentType();
        if (content == null) {
            return;
        }
        if (type.hasRawClass(Optional.class) && content.isReferenceType()) {
            throw refused(type, path, "an empty one in one that is not cannot be told from an empty one");
        }
        visit(content, type.isReferenceType() ? path : path + "[]");
    }

    private void visitKey(JavaType key, String path) {
        Class<?> raw = key.getRawClass();
        if (raw == Object.class) {
            throw refused(key, path, "it says nothing about the key (so does a raw type); declare the key's own type");
        }
        if (KEYS.contains(raw) || key.isEnumType() || raw.getName().startsWith("java.time.")) {
            verifyKey(key, path);
            return;
        }
        BeanDescription description = writing.introspectBeanDescription(key);
        if (description.findJsonKeyAccessor() == null
                && description.findJsonValueAccessor() == null
                && !isForeign(writing.findKeySerializer(key, null))) {
            throw refused(
                    key,
                    path,
                    "as the key of a map it has no name in JSON; take a String, a number, an enum, a UUID or a java.time value,"
                            + " annotate it with @JsonValue, or record a List of pairs");
        }
        verifyKey(key, path);
    }

    private void verifyKey(JavaType key, String path) {
        KeyDeserializer deserializer;
        try {
            deserializer = reading.findKeyDeserializer(key, null);
        } catch (JacksonException e) {
            throw refused(key, path, e);
        }
        if (deserializer == null) {
            throw refused(key, path, "as the key of a map it could not be read back; take a String");
        }
    }

    private void visitBean(JavaType type, BeanSerializerBase bean, String path) {
        if (type.isAbstract()) {
            throw refused(type, path, "it is abstract: nobody knows its classes; seal it, or declare a class");
        }
        visitProperties(bean, path);
        if (!bean.properties().hasNext() && !type.isRecordType() && hasState(type.getRawClass())) {
            throw refused(type, path, "all it holds would be lost; give it getters, or make it a record");
        }
    }

    private void visitProperties(BeanSerializerBase bean, String path) {
        for (PropertyWriter property : (Iterable<PropertyWriter>) bean::properties) {
            // Annotated with a serializer of its own, it need not be what its type says.
            if (property.getAnnotation(JsonSerialize.class) == null) {
                visit(property.getType(), path.isEmpty() ? property.getName() : path + "." + property.getName());
            }
        }
    }

    private static boolean hasState(@Nullable Class<?> type) {
        return type != null
                && type != Object.class
                && (Stream.of(type.getDeclaredFields()).anyMatch(TypeCheck::isState) || hasState(type.getSuperclass()));
    }

    private static boolean isState(Field field) {
        return !field.isSynthetic() && (field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0;
    }

    private void verifyReadable(JavaType type, String path) {
        ValueDeserializer<?> deserializer;
        try {
            deserializer = reading.findRootValueDeserializer(type);
        } catch (JacksonException e) {
            throw refused(type, path, e);
        }
        verifyInstantiable(type, deserializer, path);
    }

    private void verifyInstantiable(JavaType type, @Nullable ValueDeserializer<?> found, String path) {
        ValueDeserializer<?> deserializer = found instanceof SealedDeserializer sealed ? sealed.own() : found;
        if (deserializer == null
                || deserializer instanceof AbstractDeserializer
                || deserializer instanceof UnsupportedTypeDeserializer) {
            throw refused(type, path, "it could be written, but not read back; declare a class that can be made");
        }
        if (deserializer instanceof BeanDeserializerBase bean
                && !bean.getValueInstantiator().canInstantiate()) {
            throw refused(
                    type,
                    path,
                    "it has no constructor that could be called: none without parameters, no public one whose parameters have"
                            + " names (javac -parameters), no @JsonCreator");
        }
    }

    private ValueSerializer<?> serializer(JavaType type, String path) {
        try {
            return writing.findValueSerializer(type);
        } catch (JacksonException e) {
            throw refused(type, path, e);
        }
    }

    /** Whether it came with a module of the user's, who then knows how to write even an interface. */
    private static boolean isForeign(ValueSerializer<?> serializer) {
        return !(serializer instanceof BeanSerializerBase)
                && !serializer.getClass().getName().startsWith("tools.jackson.databind.");
    }

    private static @Nullable String reason(JavaType type) {
        Class<?> raw = type.getRawClass();
        if (is(raw, Iterator.class, Enumeration.class, BaseStream.class)) {
            return "it can be read only once; collect it into a List";
        }
        if (is(raw, Future.class, CompletionStage.class)) {
            return "it is work under way, not a value; declare what it gives";
        }
        if (is(raw, AutoCloseable.class, Thread.class, ClassLoader.class)) {
            return "it belongs to this process; record what it takes to make another";
        }
        if (is(raw, Throwable.class)) {
            return "exceptions are not values; record an io.flowright.runtime.FailureInfo";
        }
        if (raw == Class.class) {
            return "classes are not values; record an enum, or a name";
        }
        if (raw == Number.class || raw == CharSequence.class) {
            return "it would come back as another class; declare the value's own type";
        }
        if (is(raw, Calendar.class)) {
            return "its time zone would be lost; declare a java.time value";
        }
        if (raw != Iterable.class && !type.isContainerType() && isFunctional(raw)) {
            return "it is a functional interface, and code is not a value; record what the code depends on";
        }
        return null;
    }

    private static boolean is(Class<?> type, Class<?>... others) {
        return Stream.of(others).anyMatch(other -> other.isAssignableFrom(type));
    }

    private static boolean isFunctional(Class<?> type) {
        return type.isInterface()
                && !Map.class.isAssignableFrom(type)
                && Stream.of(type.getMethods())
                                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                                .map(Method::getName)
                                .distinct()
                                .count()
                        == 1;
    }

    private CodecException refused(JavaType type, String path, JacksonException cause) {
        return new CodecException(text(type, path, cause.getOriginalMessage()), cause);
    }

    private CodecException refused(JavaType type, String path, @Nullable String reason) {
        return new CodecException(text(type, path, reason), null);
    }

    private String text(JavaType type, String path, @Nullable String reason) {
        String name = type.toCanonical();
        return path.isEmpty() && type.equals(root)
                ? name + " cannot be recorded: " + reason
                : root.toCanonical() + " cannot be recorded because of " + name + (path.isEmpty() ? "" : " at " + path)
                        + ": " + reason;
    }
}
