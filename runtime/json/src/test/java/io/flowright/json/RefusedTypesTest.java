package io.flowright.json;

import static io.flowright.json.Types.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowright.runtime.spi.CodecException;
import java.io.InputStream;
import java.io.Serializable;
import java.lang.reflect.Type;
import java.util.Calendar;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be recorded is said at once, with the type, the way to it and the way out. */
class RefusedTypesTest {

    record Box<T>(T content) {}

    record Deep(List<Map<String, Box<Object>>> boxes) {}

    record Loop(Optional<Loop> next, Runnable action) {}

    record Point(int x, int y) {}

    interface Open {
        String name();

        int age();
    }

    abstract static class Half {
        public int x;
    }

    static class Opaque {
        private final int secret = 1;

        int use() {
            return secret;
        }
    }

    static final class Locked {
        private final int value;

        private Locked(int value, boolean really) {
            this.value = really ? value : 0;
        }

        public int getValue() {
            return value;
        }
    }

    static class Base {
        public int x;
    }

    static class Derived extends Base {
        public int y;
    }

    record Secret(String password) {
        Secret {
            if (password.startsWith("bad")) {
                throw new IllegalArgumentException("weak");
            }
        }
    }

    static class Failing {
        public int getX() {
            throw new IllegalStateException("broken");
        }

        public void setX(int x) {}
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(Object.class, "java.lang.Object", "declare"),
                Arguments.of(List.class, "java.lang.Object at []", "raw"),
                Arguments.of(Map.class, "java.lang.Object at [key]", "raw"),
                Arguments.of(Box.class, "java.lang.Object at content", "raw"),
                Arguments.of(Object[].class, "java.lang.Object at []", "declare"),
                Arguments.of(new Types<List<?>>() {}.type, "java.lang.Object at []", "declare"),
                Arguments.of(new Types<Optional<Object>>() {}.type, "java.lang.Object", "declare"),
                Arguments.of(Deep.class, "java.lang.Object at boxes[][].content", "declare"),
                Arguments.of(Loop.class, "java.lang.Runnable at action", "functional interface"),
                Arguments.of(new Types<Supplier<String>>() {}.type, "Supplier", "functional interface"),
                Arguments.of(new Types<Callable<String>>() {}.type, "Callable", "functional interface"),
                Arguments.of(new Types<Iterator<String>>() {}.type, "Iterator", "collect it into a List"),
                Arguments.of(new Types<Stream<String>>() {}.type, "Stream", "collect it into a List"),
                Arguments.of(IntStream.class, "IntStream", "collect it into a List"),
                Arguments.of(new Types<CompletableFuture<String>>() {}.type, "CompletableFuture", "what it gives"),
                Arguments.of(InputStream.class, "java.io.InputStream", "belongs to this process"),
                Arguments.of(Thread.class, "java.lang.Thread", "belongs to this process"),
                Arguments.of(ClassLoader.class, "java.lang.ClassLoader", "belongs to this process"),
                Arguments.of(Class.class, "java.lang.Class", "enum"),
                Arguments.of(IllegalStateException.class, "IllegalStateException", "FailureInfo"),
                Arguments.of(Number.class, "java.lang.Number", "own type"),
                Arguments.of(CharSequence.class, "java.lang.CharSequence", "own type"),
                Arguments.of(Calendar.class, "java.util.Calendar", "java.time"),
                Arguments.of(Serializable.class, "java.io.Serializable", ""),
                Arguments.of(Comparable.class, "java.lang.Comparable", ""),
                Arguments.of(Open.class, Open.class.getName(), ""),
                Arguments.of(Half.class, Half.class.getName(), "abstract"),
                Arguments.of(Opaque.class, Opaque.class.getName(), ""),
                Arguments.of(Locked.class, Locked.class.getName(), "constructor"),
                Arguments.of(new Types<Map<Point, String>>() {}.type, Point.class.getName(), "List of pairs"),
                Arguments.of(new Types<Optional<Optional<String>>>() {}.type, "Optional", "cannot be told"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aTypeIsRefusedWhateverTheValue(Type type, String culprit, String advice) {
        assertThatThrownBy(() -> json(null, type))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("cannot be recorded")
                .hasMessageContaining(culprit)
                .hasMessageContaining(advice);
        assertThatThrownBy(() -> Types.value("null", type)).isInstanceOf(CodecException.class);
    }

    @Test
    void aSubclassWouldLoseWhatItAdds() {
        assertThatThrownBy(() -> json(List.of(new Base(), new Derived()), new Types<List<Base>>() {}.type))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("at [1]")
                .hasMessageContaining(Derived.class.getName())
                .hasMessageContaining(Base.class.getName());
        assertThat(json(new Derived(), Derived.class)).isEqualTo("{\"x\":0,\"y\":0}");
    }

    @Test
    void aValueOfAnotherTypeIsRefused() {
        assertThatThrownBy(() -> json("text", Point.class)).isInstanceOf(CodecException.class);
        assertThatThrownBy(() -> json(List.of(1), String.class)).isInstanceOf(CodecException.class);
    }

    @Test
    void aGetterThatThrowsIsTheCause() {
        assertThatThrownBy(() -> json(Map.of("a", new Failing()), new Types<Map<String, Failing>>() {}.type))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("[key].x")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void aConstructorThatThrowsIsTheCause() {
        assertThatThrownBy(() -> Types.value("[{\"password\":\"bad\"}]", Secret[].class))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("at [0]")
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void messagesNameThePlaceAndNoValue() {
        for (String json : List.of(
                "{\"x\":\"hunter2\",\"y\":1}", "{\"x\":hunter2}", "{\"x\":1,\"y\":\"hunter2", "[\"hunter2\"]")) {
            assertThatThrownBy(() -> Types.value(json, Point.class))
                    .isInstanceOf(CodecException.class)
                    .hasMessageContaining(Point.class.getName())
                    .hasMessageNotContaining("hunter2")
                    .hasNoCause();
        }
        assertThatThrownBy(() -> Types.value("{\"hunter2\":{\"x\":[]}}", new Types<Map<String, Point>>() {}.type))
                .hasMessageContaining("[key].x")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aValueThatContainsItselfEnds() {
        Node node = new Node();
        node.next = node;
        Map<String, Node> map = new HashMap<>();
        map.put("a", node);

        assertThatThrownBy(() -> json(map, new Types<Map<String, Node>>() {}.type))
                .isInstanceOf(CodecException.class);
        Ring ring = new Ring();
        ring.others = Set.of(ring, new Ring());
        assertThatThrownBy(() -> json(ring, Ring.class))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining(Ring.class.getName());
    }

    static class Node {
        public Node next;
    }

    static class Ring {
        public Set<Ring> others;
    }
}
