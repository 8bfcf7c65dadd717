package io.flowright.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.flowright.runtime.spi.Codec;
import io.flowright.runtime.spi.CodecException;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TimeZone;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.StreamWriteException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Values as JSON in UTF-8, by Jackson. Engines find it through {@link java.util.ServiceLoader}; one with other limits or modules is
 * made by {@link #builder()}:
 *
 * <pre>{@code
 * Codec codec = JsonCodec.builder()
 *         .maxBytes(1 << 20)
 *         .mapper(mapper -> mapper.addModule(new MoneyModule()))
 *         .build();
 * }</pre>
 *
 * <p><b>What can be recorded.</b> Primitives and strings, enums (by name), {@code BigDecimal} and {@code BigInteger} to the last
 * digit, {@code java.time}, {@code UUID}, {@code byte[]}, records, classes as Jackson sees them (a constructor that can be called,
 * getters), arrays, collections, maps and {@code Optional} of all these, generic or not. A <em>sealed</em> type needs no annotation:
 * the simple name of the value's class stands before the value, {@code {"Circle":{"radius":1.5}}}; {@code @JsonTypeName} gives a class
 * another name. Renaming such a class, a record's component or an enum's constant makes old records unreadable unless an annotation of
 * Jackson's keeps the old name.
 *
 * <p><b>What cannot.</b> {@code Object}, raw types, abstract types that are neither sealed nor a collection, functional interfaces,
 * streams, iterators, futures, and whatever could be written but not read back. The first use of a type says so, whatever the value,
 * and names the way to it. So is an instance of a subclass of what is declared, or a sorted set with a comparator. A class is found by
 * its declared type alone: no record can name one.
 *
 * <p><b>Equal values, equal bytes.</b> Properties are sorted by name, the entries of a map by the name of the key, the elements of a set
 * by their JSON. Sets and maps therefore forget the order in which they were filled, unless the declared type promises one: {@code
 * LinkedHashSet}, {@code LinkedHashMap}, {@code SequencedSet} and {@code SequencedMap} keep theirs, sorted ones have the natural one.
 *
 * <p><b>Records that change.</b> A property that the class no longer has is ignored; one that the record does not have yet is null,
 * empty for {@code Optional}, and an error for a primitive.
 *
 * <p><b>Limits.</b> {@link Builder#maxBytes(int)} a value, 500 levels of nesting, 10,000 characters a number. They hold for writing as
 * for reading: what was written can be read. Duplicate properties and anything after the value are refused.
 *
 * <p>Messages of exceptions name types and paths, no values. Neither the default locale nor the default time zone plays a part.
 * Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class JsonCodec implements Codec {

    static final int MAX_DEPTH = 500;
    static final int MAX_NUMBER = 10_000;

    private final JsonMapper mapper;
    private final int maxBytes;
    private final ConcurrentMap<Type, Binding> bindings = new ConcurrentHashMap<>();

    /** With the limits and settings of a {@link #builder()} that was told nothing. */
    public JsonCodec() {
        this(builder());
    }

    private JsonCodec(Builder builder) {
        this.mapper = mapper(builder);
        this.maxBytes = builder.maxBytes;
    }

    /** To make one with other limits, or another Jackson. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public byte[] encode(@Nullable Object value, Type type) {
        Binding binding = binding(type);
        try {
            return write(value, binding.writer);
        } catch (StreamWriteException e) {
            if (e.getCause() instanceof TooLarge) {
                throw unwritable(binding, e);
            }
            // Half a character, as a cut text may end with, has no form in UTF-8, but one in ASCII.
            return writeEscaped(value, binding);
        } catch (RuntimeException | StackOverflowError e) {
            throw unwritable(binding, e);
        }
    }

    private byte[] writeEscaped(@Nullable Object value, Binding binding) {
        try {
            return write(value, binding.writer.with(JsonWriteFeature.ESCAPE_NON_ASCII));
        } catch (RuntimeException | StackOverflowError e) {
            throw unwritable(binding, e);
        }
    }

    private byte[] write(@Nullable Object value, ObjectWriter writer) {
        LimitedBytes bytes = new LimitedBytes(maxBytes);
        writer.writeValue(bytes, value);
        return bytes.toByteArray();
    }

    @Override
    public @Nullable Object decode(byte[] bytes, Type type) {
        Binding binding = binding(type);
        if (bytes.length > maxBytes) {
            throw new CodecException(
                    "no " + binding.name + ": " + bytes.length + " bytes are more than the " + maxBytes
                            + " of JsonCodec.Builder.maxBytes",
                    null);
        }
        try {
            return binding.reader.readValue(bytes);
        } catch (RuntimeException | StackOverflowError e) {
            throw unreadable(binding, e);
        }
    }

    private Binding binding(Type type) {
        Binding known = bindings.get(Objects.requireNonNull(type, "type"));
        return known != null ? known : bindings.computeIfAbsent(type, this::bind);
    }

    private Binding bind(Type type) {
        JavaType resolved;
        try {
            resolved = mapper.constructType(type);
            TypeCheck.check(resolved, mapper);
        } catch (JacksonException | IllegalArgumentException | StackOverflowError e) {
            throw new CodecException(type.getTypeName() + " cannot be recorded: " + reason(e), e);
        }
        return new Binding(resolved.toCanonical(), mapper.writerFor(resolved), mapper.readerFor(resolved));
    }

    private CodecException unwritable(Binding binding, Throwable failure) {
        return new CodecException(
                "a " + binding.name + " cannot be written" + place(failure) + ": " + reason(failure),
                blameless(failure));
    }

    private static CodecException unreadable(Binding binding, Throwable failure) {
        return new CodecException("no " + binding.name + place(failure) + ": " + reason(failure), blameless(failure));
    }

    /** Where in the value it happened: {@code " at lines[3].price"}. */
    private static String place(Throwable failure) {
        StringBuilder place = new StringBuilder();
        if (failure instanceof JacksonException jackson) {
            List<JacksonException.Reference> path = jackson.getPath();
            for (JacksonException.Reference step : path) {
                if (step.getPropertyName() == null) {
                    place.append('[').append(Math.max(step.getIndex(), 0)).append(']');
                } else if (step.from() instanceof java.util.Map) {
                    // The name of a key is a value too.
                    place.append("[key]");
                } else {
                    place.append(place.isEmpty() ? "" : ".").append(step.getPropertyName());
                }
            }
        }
        return place.isEmpty() ? "" : " at " + place;
    }

    /** What is wrong, without the values that Jackson's messages quote: they may be secrets. */
    private static String reason(Throwable failure) {
        if (failure instanceof StackOverflowError) {
            return "it is nested too deeply, or contains itself";
        }
        if (failure instanceof CodecException) {
            return String.valueOf(failure.getMessage());
        }
        Throwable cause = failure.getCause();
        if (failure instanceof TooLarge || cause instanceof TooLarge) {
            return "its JSON is larger than the maxBytes of JsonCodec.Builder";
        }
        if (failure instanceof StreamConstraintsException limit) {
            return limit.getOriginalMessage();
        }
        if (cause instanceof StreamConstraintsException limit) {
            return limit.getOriginalMessage();
        }
        if (failure instanceof InvalidDefinitionException definition) {
            return definition.getOriginalMessage();
        }
        if (failure instanceof MismatchedInputException mismatch) {
            Class<?> target = mismatch.getTargetType();
            return "what stands there" + byteOffset(mismatch)
                    + (target == null ? " does not fit" : " is no " + target.getTypeName());
        }
        if (failure instanceof StreamReadException syntax) {
            return "this is no JSON" + byteOffset(syntax) + ", or names a property twice";
        }
        return cause != null && failure instanceof DatabindException
                ? cause.getClass().getName()
                : failure.getClass().getName();
    }

    private static String byteOffset(JacksonException failure) {
        TokenStreamLocation location = failure.getLocation();
        return location == null || location.getByteOffset() < 0 ? "" : ", byte " + location.getByteOffset() + ",";
    }

    /** The exception of the user's own code, which they know; Jackson's quote values, and say no more than our message. */
    private static @Nullable Throwable blameless(Throwable failure) {
        if (!(failure instanceof JacksonException)) {
            return failure;
        }
        Throwable cause = failure.getCause();
        return cause == null || cause instanceof JacksonException || cause instanceof TooLarge ? null : cause;
    }

    private static JsonMapper mapper(Builder settings) {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNumberLength(MAX_NUMBER)
                        // Whatever fits into a value may be one string.
                        .maxStringLength(settings.maxBytes)
                        .maxNameLength(settings.maxBytes)
                        .maxDocumentLength(settings.maxBytes)
                        .build())
                .streamWriteConstraints(StreamWriteConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build())
                .build();
        JsonMapper.Builder builder = JsonMapper.builder(factory)
                .addModule(new FlowrightModule())
                .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.ALWAYS))
                // What a record has of a newer or an older program is no reason to lose the run.
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                // A getter that only computes is not part of the value.
                .enable(
                        MapperFeature.REQUIRE_SETTERS_FOR_GETTERS,
                        MapperFeature.INFER_RECORD_GETTERS_FROM_COMPONENTS_ONLY);
        settings.customiser.accept(builder);
        JsonMapper mapper = canonical(builder).build();
        if (mapper.serializationConfig().getDefaultTyper(mapper.constructType(Object.class)) != null) {
            throw new IllegalArgumentException("default typing lets a record name any class; seal the type instead");
        }
        return mapper;
    }

    /** What our promises rest on, so it comes after the user's own. */
    private static JsonMapper.Builder canonical(JsonMapper.Builder builder) {
        return builder.defaultLocale(Locale.ROOT)
                .defaultTimeZone(TimeZone.getTimeZone("UTC"))
                .enable(MapperFeature.USE_STATIC_TYPING, MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST, MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(
                        SerializationFeature.INDENT_OUTPUT,
                        SerializationFeature.WRAP_ROOT_VALUE,
                        SerializationFeature.FAIL_ON_EMPTY_BEANS,
                        // They compare, and so lose a key 1.00 beside 1.0.
                        SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS,
                        SerializationFeature.ORDER_SET_ELEMENTS,
                        SerializationFeature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED)
                .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
                .enable(
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT, DeserializationFeature.UNWRAP_ROOT_VALUE)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(
                        EnumFeature.WRITE_ENUMS_USING_TO_STRING,
                        EnumFeature.READ_ENUMS_USING_TO_STRING,
                        EnumFeature.WRITE_ENUMS_USING_INDEX,
                        EnumFeature.WRITE_ENUM_KEYS_USING_INDEX)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
                .disable(
                        DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE,
                        DateTimeFeature.NORMALIZE_DESERIALIZED_ZONE_ID,
                        DateTimeFeature.WRITE_DATES_WITH_CONTEXT_TIME_ZONE,
                        DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS,
                        DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS);
    }

    /** How the values of one type are written and read. */
    private record Binding(String name, ObjectWriter writer, ObjectReader reader) {}

    /** Stops at the limit, before the memory is full. */
    private static final class LimitedBytes extends ByteArrayOutputStream {

        private final int limit;

        LimitedBytes(int limit) {
            super(Math.min(limit, 256));
            this.limit = limit;
        }

        @Override
        public synchronized void write(int value) {
            check(1);
            super.write(value);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            check(length);
            super.write(bytes, offset, length);
        }

        private void check(int more) {
            if (more > limit - count) {
                throw new TooLarge();
            }
        }
    }

    private static final class TooLarge extends RuntimeException {
        @java.io.Serial
        private static final long serialVersionUID = 1L;

        TooLarge() {
            super("too large", null, false, false);
        }
    }

    /** Settings of a {@link JsonCodec}. Not thread-safe. */
    public static final class Builder {

        private int maxBytes = 64 << 20;
        private Consumer<JsonMapper.Builder> customiser = mapper -> {};

        private Builder() {}

        /**
         * The size of the largest value, 64 MiB unless set. A value that was written with a larger limit cannot be read with a smaller
         * one.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder maxBytes(int bytes) {
            if (bytes <= 0) {
                throw new IllegalArgumentException("maxBytes must be positive: " + bytes);
            }
            this.maxBytes = bytes;
            return this;
        }

        /**
         * Modules, mix-ins and settings of Jackson's own. Several calls add up. What the same bytes for equal values depend on, such as the
         * order of properties, cannot be changed.
         *
         * @see #build()
         */
        public Builder mapper(Consumer<JsonMapper.Builder> customiser) {
            this.customiser = this.customiser.andThen(customiser);
            return this;
        }

        /**
         * The codec.
         *
         * @throws IllegalArgumentException if the mapper has been told to use default typing
         */
        public JsonCodec build() {
            return new JsonCodec(this);
        }
    }
}
