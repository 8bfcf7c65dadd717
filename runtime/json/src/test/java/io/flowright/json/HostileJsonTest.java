package io.flowright.json;

import static io.flowright.json.Types.CODEC;
import static io.flowright.json.Types.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowright.runtime.spi.CodecException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that nobody wrote are refused, clearly and soon. */
class HostileJsonTest {

    sealed interface Item permits Pen, Box {}

    record Pen(String colour, BigDecimal price) implements Item {}

    record Box(List<Item> items, Optional<Instant> packed, Map<Integer, Set<String>> tags, byte[] seal)
            implements Item {}

    record Chain(Chain next) {}

    static class Gadget {
        static boolean made;

        Gadget() {
            made = true;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"next\":", "{\"unknown\":"})
    void deepNesting(String level) {
        String json = level.repeat(100_000);

        assertThatThrownBy(() -> value(json, Chain.class)).isInstanceOf(CodecException.class);
        assertThatThrownBy(() -> value(
                        "{\"next\":".repeat(JsonCodec.MAX_DEPTH + 1) + "null" + "}".repeat(JsonCodec.MAX_DEPTH + 1),
                        Chain.class))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("depth");
    }

    @Test
    void whatIsWrittenIsNotTooDeepToRead() {
        Chain chain = new Chain(null);
        for (int level = 1; level < JsonCodec.MAX_DEPTH; level++) {
            chain = new Chain(chain);
        }
        Chain deepest = chain;
        assertThat(Types.again(deepest, Chain.class)).isEqualTo(deepest);
        assertThatThrownBy(() -> Types.json(new Chain(deepest), Chain.class))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("depth");
    }

    @Test
    void hugeNumbers() {
        String huge = "1e999999999";
        for (Type type : List.<Type>of(int.class, long.class, Integer.class, BigInteger.class)) {
            assertThatThrownBy(() -> value(huge, type)).as("%s", type).isInstanceOf(CodecException.class);
        }
        assertThat(value(huge, BigDecimal.class)).isEqualTo(new BigDecimal(huge));
        String digits = "1".repeat(20_000);
        for (Type type : List.<Type>of(int.class, double.class, BigInteger.class, BigDecimal.class)) {
            assertThatThrownBy(() -> value(digits, type)).as("%s", type).isInstanceOf(CodecException.class);
        }
        assertThatThrownBy(() -> value("2147483648", int.class)).isInstanceOf(CodecException.class);
        assertThatThrownBy(() -> value("1.5", int.class)).isInstanceOf(CodecException.class);
        assertThatThrownBy(() -> value("\"1\"", int.class)).isInstanceOf(CodecException.class);
        assertThatThrownBy(() -> value("null", int.class)).isInstanceOf(CodecException.class);
    }

    @Test
    void hugeStringsAndDocuments() {
        JsonCodec small = JsonCodec.builder().maxBytes(100).build();
        byte[] fits = small.encode("x".repeat(98), String.class);

        assertThat(fits).hasSize(100);
        assertThat(small.decode(fits, String.class)).isEqualTo("x".repeat(98));
        assertThatThrownBy(() -> small.encode("x".repeat(99), String.class))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("maxBytes");
        assertThatThrownBy(() -> small.encode("\ud800".repeat(17), String.class))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("maxBytes");
        assertThatThrownBy(() -> small.decode(CODEC.encode("x".repeat(99), String.class), String.class))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("maxBytes")
                .hasMessageContaining("101 bytes");
        String large = "é".repeat(1_000_000);
        assertThat(Types.again(large, String.class)).isEqualTo(large);
        assertThat(Types.again(Map.of(large, 1), new Types<Map<String, Integer>>() {}.type))
                .isEqualTo(Map.of(large, 1));
    }

    @Test
    void aDocumentThatEndsEarly() {
        byte[] whole = document();
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> CODEC.decode(part, Item.class)).isInstanceOf(CodecException.class);
        }
    }

    @Test
    void aDocumentThatGoesOn() {
        for (String more : List.of("1", "{}", "]", "x", ",", "\u0000")) {
            byte[] whole =
                    (new String(document(), StandardCharsets.UTF_8) + " " + more).getBytes(StandardCharsets.UTF_8);
            assertThatThrownBy(() -> CODEC.decode(whole, Item.class)).as(more).isInstanceOf(CodecException.class);
        }
    }

    @Test
    void flippedBitsGiveAValueOrACodecException() {
        Random random = new Random(11);
        byte[] whole = document();
        int refused = 0;
        for (int round = 0; round < 5_000; round++) {
            byte[] broken = whole.clone();
            for (int flips = random.nextInt(3); flips >= 0; flips--) {
                broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                assertThat(CODEC.decode(broken, Item.class)).isInstanceOf(Item.class);
            } catch (CodecException e) {
                assertThat(e).hasMessageContaining(Item.class.getName());
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void invalidUtf8() {
        byte[][] sequences = {
            {(byte) 0xff},
            {(byte) 0xc3},
            {(byte) 0x80},
            {(byte) 0xed, (byte) 0xa0, (byte) 0x80, (byte) 'x', (byte) 0xff}
        };
        for (byte[] sequence : sequences) {
            byte[] json = new byte[sequence.length + 2];
            json[0] = '"';
            System.arraycopy(sequence, 0, json, 1, sequence.length);
            json[json.length - 1] = '"';
            assertThatThrownBy(() -> CODEC.decode(json, String.class)).isInstanceOf(CodecException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{\"colour\":\"a\",\"colour\":\"b\",\"price\":1}",
                "{\"unknown\":1,\"unknown\":2}",
                "{'colour':\"a\"}",
                "{colour:\"a\"}",
                "{\"colour\":\"a\",}",
                "/* no */{}",
                "[{\"colour\":\"a\",\"price\":1}]",
                "\"a\"",
                "7"
            })
    void whatIsNoPen(String json) {
        assertThatThrownBy(() -> value(json, Pen.class))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining(Pen.class.getName());
    }

    @Test
    void aKeyThatStandsTwice() {
        assertThatThrownBy(() -> value("{\"a\":1,\"a\":2}", new Types<Map<String, Integer>>() {}.type))
                .isInstanceOf(CodecException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"@class", "@type", "class", "type", "kind", "@c"})
    void namesOfClassesAreOnlyText(String property) {
        String gadget = Gadget.class.getName();

        assertThat(value("{\"" + property + "\":\"" + gadget + "\",\"colour\":\"red\",\"price\":1}", Pen.class))
                .isEqualTo(new Pen("red", BigDecimal.ONE));
        for (String json : List.of(
                "[\"" + gadget + "\",{}]", "{\"" + gadget + "\":{}}", "{\"" + property + "\":\"" + gadget + "\"}")) {
            assertThatThrownBy(() -> value(json, Item.class)).as(json).isInstanceOf(CodecException.class);
        }
        assertThat(Gadget.made).isFalse();
    }

    @Test
    void unknownConstants() {
        assertThatThrownBy(() -> value("\"NANOSECOND\"", java.time.DayOfWeek.class))
                .isInstanceOf(CodecException.class);
        assertThatThrownBy(() -> value("1", java.util.concurrent.TimeUnit.class))
                .isInstanceOf(CodecException.class);
        assertThatThrownBy(() -> value("\"1\"", java.util.concurrent.TimeUnit.class))
                .isInstanceOf(CodecException.class);
    }

    private static byte[] document() {
        Item box = new Box(
                List.of(new Pen("rouge é \ud83d\ude00", new BigDecimal("1.50")), new Pen("x", BigDecimal.TEN)),
                Optional.of(Instant.EPOCH),
                Map.of(1, Set.of("a", "b"), 2, Set.of()),
                new byte[] {1, 2, 3});
        return CODEC.encode(new Box(List.of(box), Optional.empty(), Map.of(), new byte[0]), Item.class);
    }
}
