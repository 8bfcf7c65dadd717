package io.flowright.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowright.runtime.spi.Codec;
import io.flowright.runtime.spi.CodecException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DefaultTyping;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** How it is found, set up and shared. */
class JsonCodecTest {

    interface Money {
        BigDecimal amount();
    }

    record Euro(BigDecimal amount) implements Money {}

    record Invoice(Money totalAmount, String name) {}

    sealed interface Shape permits Circle, Group {}

    record Circle(double radius) implements Shape {}

    record Group(Set<Shape> shapes, Map<Integer, Shape> named) implements Shape {}

    @Test
    void theModuleProvidesIt() {
        Module module = JsonCodec.class.getModule();

        assertThat(module.getName()).isEqualTo("io.flowright.json");
        assertThat(module.getDescriptor().provides()).singleElement().satisfies(provided -> {
            assertThat(provided.service()).isEqualTo(Codec.class.getName());
            assertThat(provided.providers()).containsExactly(JsonCodec.class.getName());
        });
        assertThat(module.getDescriptor().exports()).hasSize(1);
    }

    @Test
    void soDoesTheClassPath() throws Exception {
        try (InputStream file =
                JsonCodec.class.getModule().getResourceAsStream("META-INF/services/" + Codec.class.getName())) {
            assertThat(new String(file.readAllBytes(), StandardCharsets.UTF_8).strip())
                    .isEqualTo(JsonCodec.class.getName());
        }
        assertThat(JsonCodec.class.getConstructor().newInstance().encode(1, int.class))
                .isEqualTo(new byte[] {'1'});
    }

    @Test
    void modulesOfTheUsers() {
        SimpleModule money = new SimpleModule()
                .addSerializer(Money.class, new StdSerializer<Money>(Money.class) {
                    @Override
                    public void serialize(Money value, JsonGenerator json, SerializationContext context) {
                        json.writeNumber(value.amount());
                    }
                })
                .addDeserializer(Money.class, new StdDeserializer<Money>(Money.class) {
                    @Override
                    public Money deserialize(JsonParser json, DeserializationContext context) {
                        return new Euro(json.getDecimalValue());
                    }
                });
        Codec codec = JsonCodec.builder()
                .mapper(mapper -> mapper.addModule(money))
                .mapper(mapper -> mapper.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE))
                .build();
        Invoice invoice = new Invoice(new Euro(new BigDecimal("1.50")), "x");

        byte[] bytes = codec.encode(invoice, Invoice.class);

        assertThat(bytes).asString(StandardCharsets.UTF_8).isEqualTo("{\"name\":\"x\",\"total_amount\":1.50}");
        assertThat(codec.decode(bytes, Invoice.class)).isEqualTo(invoice);
        assertThatThrownBy(() -> new JsonCodec().encode(invoice, Invoice.class))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("Money at totalAmount");
    }

    @Test
    void whatTheBytesDependOnCannotBeChanged() {
        Codec codec = JsonCodec.builder()
                .mapper(mapper -> mapper.enable(
                                SerializationFeature.INDENT_OUTPUT, SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                        .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY, MapperFeature.USE_STATIC_TYPING)
                        .enable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
                        .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS))
                .build();
        Group group = new Group(Set.of(new Circle(2), new Circle(1)), Map.of(2, new Circle(3), 1, new Circle(4)));

        assertThat(codec.encode(group, Shape.class)).isEqualTo(new JsonCodec().encode(group, Shape.class));
        assertThatThrownBy(() -> codec.decode("1 2".getBytes(StandardCharsets.UTF_8), int.class))
                .isInstanceOf(CodecException.class);
    }

    @Test
    void unknownPropertiesCanBeRefused() {
        Codec codec = JsonCodec.builder()
                .mapper(mapper -> mapper.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES))
                .build();

        assertThatThrownBy(() -> codec.decode("{\"radius\":1,\"x\":2}".getBytes(StandardCharsets.UTF_8), Circle.class))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("at x");
    }

    @Test
    void defaultTypingIsRefused() {
        JsonCodec.Builder builder = JsonCodec.builder()
                .mapper(mapper -> mapper.activateDefaultTyping(
                        BasicPolymorphicTypeValidator.builder()
                                .allowIfBaseType(Object.class)
                                .build(),
                        DefaultTyping.NON_FINAL));

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("default typing");
    }

    @Test
    void aLimitIsPositive() {
        assertThatThrownBy(() -> JsonCodec.builder().maxBytes(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0");
    }

    @Test
    void manyThreadsShareOne() throws Exception {
        int threads = 64;
        JsonCodec codec = new JsonCodec();
        Type type = new Types<Map<String, List<Shape>>>() {}.type;
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> results = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int number = thread;
                results.add(pool.submit(() -> {
                    start.await();
                    for (int round = 0; round < 50; round++) {
                        Shape group = new Group(
                                Set.of(new Circle(number), new Circle(round + 0.5)), Map.of(round, new Circle(1)));
                        Map<String, List<Shape>> value = Map.of("n" + number, List.of(group, new Circle(round)));
                        assertThat(codec.decode(codec.encode(value, type), type))
                                .isEqualTo(value);
                    }
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> result : results) {
                result.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
