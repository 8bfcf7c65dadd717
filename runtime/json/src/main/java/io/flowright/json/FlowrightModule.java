package io.flowright.json;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.flowright.runtime.FailureInfo;
import io.flowright.runtime.Outcome;
import java.io.Serial;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.AbstractSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Version;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.deser.Deserializers;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;
import tools.jackson.databind.module.SimpleAbstractTypeResolver;
import tools.jackson.databind.module.SimpleSerializers;
import tools.jackson.databind.ser.Serializers;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.ser.bean.BeanSerializerBase;
import tools.jackson.databind.ser.jdk.MapSerializer;
import tools.jackson.databind.type.CollectionType;
import tools.jackson.databind.type.MapType;

/** What Jackson has to learn: sealed types, one order for equal sets and maps, and our own types. */
final class FlowrightModule extends JacksonModule {

    @Override
    public String getModuleName() {
        return "flowright";
    }

    @Override
    public Version version() {
        return Version.unknownVersion();
    }

    @Override
    public void setupModule(SetupContext setup) {
        setup.addSerializers(new SealedSerializers());
        setup.addSerializers(new SimpleSerializers()
                .addSerializer(BigInteger.class, new ExactNumber<>(BigInteger::bitLength))
                .addSerializer(
                        BigDecimal.class,
                        new ExactNumber<>(number -> number.unscaledValue().bitLength())));
        setup.addSerializerModifier(new SerializerChanges());
        setup.addDeserializers(new SealedDeserializers());
        setup.addDeserializerModifier(new DeserializerChanges());
        // A set that was read iterates as it was written: the order of a fan-out's elements.
        setup.addAbstractTypeResolver(new SimpleAbstractTypeResolver()
                .addMapping(Set.class, LinkedHashSet.class)
                .addMapping(AbstractSet.class, LinkedHashSet.class));
        setup.appendAnnotationIntrospector(new AnnotatedTypes());
        setup.setMixIn(Outcome.Failure.class, RecordedFailure.class);
    }

    /** A sealed type that has no instances of its own. */
    private static final class SealedSerializers implements Serializers {
        @Override
        public @Nullable ValueSerializer<?> findSerializer(
                SerializationConfig config,
                JavaType type,
                BeanDescription.Supplier description,
                JsonFormat.@Nullable Value format) {
            return type.isAbstract() && SealedType.is(type.getRawClass()) ? new SealedSerializer(type, null) : null;
        }
    }

    private static final class SealedDeserializers extends Deserializers.Base {
        @Override
        public @Nullable ValueDeserializer<?> findBeanDeserializer(
                JavaType type, DeserializationConfig config, BeanDescription.Supplier description) {
            return type.isAbstract() && SealedType.is(type.getRawClass()) ? new SealedDeserializer(type, null) : null;
        }

        @Override
        public boolean hasDeserializerFor(DeserializationConfig config, Class<?> type) {
            return Modifier.isAbstract(type.getModifiers()) && SealedType.is(type);
        }
    }

    private static final class SerializerChanges extends ValueSerializerModifier {
        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        @SuppressWarnings("unchecked")
        public ValueSerializer<?> modifySerializer(
                SerializationConfig config, BeanDescription.Supplier description, ValueSerializer<?> serializer) {
            JavaType type = description.getType();
            if (!(serializer instanceof BeanSerializerBase bean)) {
                return serializer;
            }
            if (SealedType.is(type.getRawClass())) {
                return new SealedSerializer(type, (ValueSerializer<Object>) serializer);
            }
            return type.isFinal() || type.isAbstract() ? serializer : new ExactClass(bean);
        }

        @Override
        @SuppressWarnings("unchecked")
        public ValueSerializer<?> modifyCollectionSerializer(
                SerializationConfig config,
                CollectionType type,
                BeanDescription.Supplier description,
                ValueSerializer<?> serializer) {
            // Whatever else it may be, annotations or the user's own serializer said so.
            if (!serializer.getClass().getName().startsWith("tools.jackson.databind.ser.jdk.")) {
                return serializer;
            }
            ValueSerializer<Object> collection = (ValueSerializer<Object>) serializer;
            return UnorderedSet.canBe(type.getRawClass())
                    ? new UnorderedSet(collection)
                    : NaturalOrder.isIn(type.getRawClass()) ? new NaturalOrder(collection) : serializer;
        }

        @Override
        @SuppressWarnings("unchecked")
        public ValueSerializer<?> modifyMapSerializer(
                SerializationConfig config,
                MapType type,
                BeanDescription.Supplier description,
                ValueSerializer<?> serializer) {
            if (!(serializer instanceof MapSerializer)) {
                return serializer;
            }
            ValueSerializer<Object> map = (ValueSerializer<Object>) serializer;
            return UnorderedMap.canBe(type.getRawClass())
                    ? new UnorderedMap(type.getKeyType(), map)
                    : NaturalOrder.isIn(type.getRawClass()) ? new NaturalOrder(map) : serializer;
        }
    }

    /** A sealed class that has instances of its own. */
    private static final class DeserializerChanges extends ValueDeserializerModifier {
        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public ValueDeserializer<?> modifyDeserializer(
                DeserializationConfig config, BeanDescription.Supplier description, ValueDeserializer<?> deserializer) {
            JavaType type = description.getType();
            return SealedType.is(type.getRawClass()) && !(deserializer instanceof SealedDeserializer)
                    ? new SealedDeserializer(type, deserializer)
                    : deserializer;
        }
    }

    /** Values are written as what their type declares, except where annotations look at the value's class. No primitive is made up. */
    private static final class AnnotatedTypes extends NopAnnotationIntrospector {
        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
            // Absent from an older record, it would be 0: a value that nobody has given.
            return member instanceof AnnotatedParameter && member.getRawType().isPrimitive() ? true : null;
        }

        @Override
        public JsonSerialize.@Nullable Typing findSerializationTyping(MapperConfig<?> config, Annotated annotated) {
            return SealedType.isAnnotated(annotated.getRawType()) ? JsonSerialize.Typing.DYNAMIC : null;
        }
    }

    /** A failure of which only the record is left. */
    @JsonAutoDetect(
            getterVisibility = JsonAutoDetect.Visibility.NONE,
            fieldVisibility = JsonAutoDetect.Visibility.NONE,
            creatorVisibility = JsonAutoDetect.Visibility.NONE)
    private interface RecordedFailure {
        @JsonCreator
        // Only the signature counts.
        @SuppressWarnings("unused")
        static <R> Outcome.@Nullable Failure<R> of(
                @JsonProperty("element") int element, @JsonProperty("info") FailureInfo info) {
            return null;
        }

        @JsonProperty
        int element();

        @JsonProperty
        FailureInfo info();
    }
}
