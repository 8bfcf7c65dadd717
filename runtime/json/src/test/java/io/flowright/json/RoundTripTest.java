package io.flowright.json;

import static io.flowright.json.Types.again;
import static io.flowright.json.Types.json;
import static io.flowright.json.Types.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonValue;
import io.flowright.runtime.BusinessFailure;
import io.flowright.runtime.FailureInfo;
import io.flowright.runtime.Outcome;
import io.flowright.runtime.ProgressReport;
import io.flowright.runtime.TaskSnapshot;
import io.flowright.runtime.TaskStatus;
import io.flowright.runtime.spi.CodecException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is recorded comes back equal. */
class RoundTripTest {

    enum Colour {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "as grass";
            }
        }
    }

    record Price(BigDecimal amount, Currency currency) {}

    record Line(String article, int count, Price price) {}

    record Order(
            long id,
            List<Line> lines,
            Map<Colour, Set<String>> notes,
            Optional<LocalDate> due,
            @Nullable Order replaces) {
        /** Computed: not part of the value. */
        public int getTotal() {
            throw new IllegalStateException("computed while it was written");
        }
    }

    record Pair<A, B>(A left, B right) {}

    record Tree<T>(T value, List<Tree<T>> children) {}

    record Empty() {}

    record Id(@JsonValue String text) {}

    static class Mutable {
        private @Nullable String name;
        private int age;

        public @Nullable String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public int getAge() {
            return age;
        }

        public void setAge(int age) {
            this.age = age;
        }
    }

    public static final class Immutable {
        private final String name;
        private final List<Integer> marks;

        public Immutable(String name, List<Integer> marks) {
            this.name = name;
            this.marks = marks;
        }

        public String getName() {
            return name;
        }

        public List<Integer> getMarks() {
            return marks;
        }
    }

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    static Stream<Object> scalars() {
        return Stream.of(
                true,
                (byte) -128,
                (short) 32_767,
                'x',
                '\ud800',
                Integer.MIN_VALUE,
                Long.MAX_VALUE,
                0.1f,
                Float.MIN_VALUE,
                Float.NaN,
                Float.NEGATIVE_INFINITY,
                -0.0,
                Double.MIN_VALUE,
                Double.MAX_VALUE,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                "",
                "\u0000\t\"\\/\u2028 \ud83d\ude00",
                "half a character \ud83d",
                "\udc00",
                new BigInteger("-" + "9".repeat(9_000)),
                new BigDecimal("1.00"),
                new BigDecimal("1E+400"),
                new BigDecimal("-0.0000000000000000000000000000001"),
                new BigDecimal("1e999999999"),
                new BigDecimal("1e-999999999"),
                new BigDecimal(BigInteger.TWO.pow(20_000), 5_000),
                Colour.RED,
                Colour.GREEN,
                UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
                URI.create("https://example.org/a?b=c#d"),
                Locale.forLanguageTag("de-AT"),
                Currency.getInstance("EUR"),
                Instant.EPOCH,
                Instant.MIN,
                Instant.MAX,
                Instant.ofEpochSecond(1, 1),
                LocalDate.of(2024, 2, 29),
                LocalDate.MIN,
                LocalDate.MAX,
                LocalTime.MAX,
                LocalTime.MIDNIGHT,
                LocalDateTime.MAX,
                LocalDateTime.of(2024, 1, 1, 0, 0),
                OffsetDateTime.of(2024, 1, 1, 0, 0, 0, 1, ZoneOffset.ofHoursMinutesSeconds(1, 2, 3)),
                OffsetDateTime.of(2024, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC),
                OffsetTime.of(1, 2, 3, 4, ZoneOffset.ofHours(-5)),
                ZonedDateTime.of(2024, 10, 27, 2, 30, 0, 0, BERLIN).withEarlierOffsetAtOverlap(),
                ZonedDateTime.of(2024, 10, 27, 2, 30, 0, 0, BERLIN).withLaterOffsetAtOverlap(),
                ZonedDateTime.of(2024, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC),
                ZonedDateTime.of(2024, 1, 1, 0, 0, 0, 0, ZoneId.of("UTC")),
                ZonedDateTime.of(2024, 1, 1, 0, 0, 0, 0, ZoneOffset.ofHours(2)),
                Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
                Duration.ofNanos(-1),
                Period.of(1, -2, 3),
                Year.of(-5),
                Year.of(123_456),
                YearMonth.of(2024, 2),
                YearMonth.of(12_345, 2),
                MonthDay.of(2, 29),
                Month.JANUARY,
                DayOfWeek.SUNDAY,
                BERLIN,
                ZoneOffset.ofHours(3));
    }

    @ParameterizedTest
    @MethodSource("scalars")
    void aScalarComesBackAlone(Object scalar) {
        assertThat(again(scalar, declared(scalar))).isEqualTo(scalar);
    }

    @ParameterizedTest
    @MethodSource("scalars")
    void aScalarComesBackFromAnArray(Object scalar) {
        Object[] array = (Object[]) java.lang.reflect.Array.newInstance((Class<?>) declared(scalar), 2);
        array[0] = scalar;

        assertThat((Object[]) again(array, array.getClass())).containsExactly(scalar, null);
    }

    static Stream<Object> keys() {
        return Stream.concat(
                scalars()
                        .filter(scalar -> !isHalfACharacter(scalar))
                        // The JDK itself does not parse what toString says of its year.
                        .filter(scalar -> !scalar.equals(YearMonth.of(12_345, 2))),
                Stream.of(new Id("a, \"b\""), new Id("")));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void aScalarComesBackAsTheKeyOfAMap(Object key) {
        Type type = FlowTypes.generic(Map.class, declared(key), Integer.class);

        assertThat(again(Map.of(key, 1), type)).isEqualTo(Map.of(key, 1));
    }

    @Test
    void numbersAreExact() {
        assertThat(json(new BigDecimal("1.10"), BigDecimal.class)).isEqualTo("1.10");
        assertThat(again(new BigDecimal("1.10"), BigDecimal.class)).isNotEqualTo(new BigDecimal("1.1"));
        assertThat(json(-0.0, double.class)).isEqualTo("-0.0");
        assertThat(again(9_007_199_254_740_993L, long.class)).isEqualTo(9_007_199_254_740_993L);
    }

    @Test
    void aNumberThatCouldNotBeReadIsNotWritten() {
        BigInteger tooLong = BigInteger.TEN.pow(JsonCodec.MAX_NUMBER + 1);

        assertThatThrownBy(() -> json(tooLong, BigInteger.class))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("BigInteger")
                .hasMessageContaining("digits");
        assertThatThrownBy(() -> json(new BigDecimal(tooLong, 3), BigDecimal.class))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("BigDecimal");
    }

    @Test
    void arrays() {
        assertThat((byte[]) again(new byte[] {0, -1, 127}, byte[].class)).containsExactly(0, -1, 127);
        assertThat((int[]) again(new int[] {1, 2}, int[].class)).containsExactly(1, 2);
        assertThat((double[]) again(new double[] {Double.NaN, -0.0}, double[].class))
                .containsExactly(Double.NaN, -0.0);
        assertThat((char[]) again(new char[] {'a', '\ud800'}, char[].class)).containsExactly('a', '\ud800');
        assertThat((boolean[]) again(new boolean[] {true, false}, boolean[].class))
                .containsExactly(true, false);
        assertThat((int[][]) again(new int[][] {{1}, {}}, int[][].class)).isDeepEqualTo(new int[][] {{1}, {}});
        assertThat((List<?>[]) again(new List<?>[] {List.of(1L)}, new Types<List<Long>[]>() {}.type))
                .containsExactly(List.of(1L));
    }

    @Test
    void collections() {
        List<@Nullable Long> withNull = Arrays.asList(1L, null);
        assertThat(again(withNull, new Types<List<Long>>() {}.type)).isEqualTo(withNull);
        assertThat(again(new ArrayList<>(List.of(1L)), new Types<ArrayList<Long>>() {}.type))
                .isInstanceOf(ArrayList.class)
                .isEqualTo(List.of(1L));
        assertThat(again(Set.of("a", "b"), new Types<Set<String>>() {}.type)).isEqualTo(Set.of("a", "b"));
        assertThat(again(List.of(1L), new Types<Iterable<Long>>() {}.type)).isEqualTo(List.of(1L));
        assertThat(again(List.of(1L), new Types<java.util.Collection<Long>>() {}.type))
                .isEqualTo(List.of(1L));
        assertThat(again(new TreeSet<>(Set.of(9, 10)), new Types<SortedSet<Integer>>() {}.type))
                .isEqualTo(new TreeSet<>(Set.of(9, 10)));
        assertThat(again(new TreeMap<>(Map.of(9, 10)), new Types<SortedMap<Integer, Integer>>() {}.type))
                .isEqualTo(new TreeMap<>(Map.of(9, 10)));
        assertThat(again(EnumSet.of(Colour.GREEN), new Types<EnumSet<Colour>>() {}.type))
                .isEqualTo(EnumSet.of(Colour.GREEN));
        assertThat(again(new EnumMap<>(Map.of(Colour.GREEN, 1L)), new Types<EnumMap<Colour, Long>>() {}.type))
                .isEqualTo(Map.of(Colour.GREEN, 1L));
        assertThat((Deque<?>) again(new ArrayDeque<>(List.of(1L)), new Types<Deque<Long>>() {}.type))
                .hasSize(1);
        assertThat(again(Map.entry("a", 1L), new Types<Map.Entry<String, Long>>() {}.type))
                .isEqualTo(Map.entry("a", 1L));
    }

    @Test
    void optionals() {
        Type type = new Types<Optional<Long>>() {}.type;
        assertThat(again(Optional.of(1L), type)).isEqualTo(Optional.of(1L));
        assertThat(again(Optional.empty(), type)).isEqualTo(Optional.empty());
        assertThat(again(OptionalInt.of(1), OptionalInt.class)).isEqualTo(OptionalInt.of(1));
        Type list = new Types<List<Optional<Set<Colour>>>>() {}.type;
        List<?> value = List.of(Optional.of(Set.of(Colour.RED)), Optional.empty());
        assertThat(again(value, list)).isEqualTo(value);
    }

    @Test
    void nothingAtAll() {
        assertThat(json(null, String.class)).isEqualTo("null");
        assertThat(again(null, Order.class)).isNull();
        assertThat(again(null, new Types<List<Order>>() {}.type)).isNull();
    }

    @Test
    void recordsInRecords() {
        Order first = new Order(1, List.of(), Map.of(), Optional.empty(), null);
        Order order = new Order(
                2,
                List.of(new Line("pen", 3, new Price(new BigDecimal("1.50"), Currency.getInstance("EUR")))),
                Map.of(Colour.RED, Set.of("x", "y"), Colour.GREEN, Set.of()),
                Optional.of(LocalDate.EPOCH),
                first);

        assertThat(again(order, Order.class)).isEqualTo(order);
        assertThat(json(first, Order.class))
                .isEqualTo("{\"due\":null,\"id\":1,\"lines\":[],\"notes\":{},\"replaces\":null}");
        assertThat(again(new Empty(), Empty.class)).isEqualTo(new Empty());
    }

    @Test
    void genericRecords() {
        Pair<List<LocalDate>, Pair<Long, Optional<Colour>>> pair =
                new Pair<>(List.of(LocalDate.EPOCH), new Pair<>(1L, Optional.of(Colour.RED)));
        assertThat(again(pair, new Types<Pair<List<LocalDate>, Pair<Long, Optional<Colour>>>>() {}.type))
                .isEqualTo(pair);
        Tree<Long> tree = new Tree<>(1L, List.of(new Tree<>(2L, List.of())));
        assertThat(again(tree, new Types<Tree<Long>>() {}.type)).isEqualTo(tree);
    }

    @Test
    void theTypesOfGeneratedFlows() {
        Type type = FlowTypes.generic(Map.class, String.class, FlowTypes.generic(List.class, Line[].class));
        Map<String, List<Line[]>> value = Map.of("a", List.<Line[]>of(new Line[] {}));
        assertThat((Map<?, ?>) again(value, type)).hasSize(1);
    }

    @Test
    void classesWithGettersAndSetters() {
        Mutable mutable = new Mutable();
        mutable.setName("Ada");
        mutable.setAge(36);

        assertThat(again(mutable, Mutable.class)).usingRecursiveComparison().isEqualTo(mutable);
        assertThat(json(mutable, Mutable.class)).isEqualTo("{\"age\":36,\"name\":\"Ada\"}");
    }

    @Test
    void classesWithAPublicConstructor() {
        Immutable immutable = new Immutable("Ada", List.of(1, 2));

        assertThat(again(immutable, Immutable.class)).usingRecursiveComparison().isEqualTo(immutable);
    }

    @Test
    void failures() {
        Exception failure = new IllegalStateException("half \ud83d", new BusinessFailure("no"));
        FailureInfo info = FailureInfo.of(failure);

        assertThat(again(info, FailureInfo.class)).isEqualTo(info);
        FailureInfo bare = new FailureInfo(FailureInfo.Kind.BUG, "a.B", null, "", null);
        assertThat(again(bare, FailureInfo.class)).isEqualTo(bare);
    }

    @Test
    void howFarTasksAre() {
        ProgressReport said = new ProgressReport(
                3L, 7L, "{\"line\":3}", Duration.ofMillis(1_500), Instant.parse("2026-11-21T09:00:00.123456789Z"));
        TaskSnapshot[] tasks = {
            new TaskSnapshot("read", TaskStatus.RUNNING, 1, null, null, said, Map.of()),
            new TaskSnapshot(
                    "resize", TaskStatus.RUNNING, 2, null, null, ProgressReport.of(1, 20), Map.of(4, said, 11, said))
        };

        assertThat((TaskSnapshot[]) again(tasks, TaskSnapshot[].class)).isEqualTo(tasks);
        assertThat(again(said, ProgressReport.class)).isEqualTo(said);
    }

    @Test
    void outcomesOfAFanOut() {
        FailureInfo info = FailureInfo.of(new IllegalStateException("gone"));
        List<Outcome<Line>> outcomes = List.of(
                new Outcome.Success<>(0, new Line("pen", 1, new Price(BigDecimal.ONE, Currency.getInstance("EUR")))),
                Outcome.Failure.of(1, new IllegalStateException("live")),
                Outcome.Failure.of(2, info));

        List<?> read = (List<?>) again(outcomes, new Types<List<Outcome<Line>>>() {}.type);

        assertThat(read.get(0)).isEqualTo(outcomes.get(0));
        assertThat(read.get(1)).isInstanceOfSatisfying(Outcome.Failure.class, failure -> {
            assertThat(failure.element()).isEqualTo(1);
            assertThat(failure.exception()).isNull();
            assertThat(failure.info()).isEqualTo(((Outcome.Failure<?>) outcomes.get(1)).info());
        });
        assertThat(((Outcome.Failure<?>) read.get(2)).info()).isEqualTo(info);
    }

    @Test
    void declaredOrderIsKept() {
        LinkedHashSet<String> set = new LinkedHashSet<>(List.of("b", "a", "c"));
        LinkedHashMap<String, Long> map = new LinkedHashMap<>();
        map.put("b", 1L);
        map.put("a", 2L);

        assertThat((Set<?>) again(set, new Types<LinkedHashSet<String>>() {}.type))
                .hasToString("[b, a, c]");
        assertThat((Map<?, ?>) again(map, new Types<LinkedHashMap<String, Long>>() {}.type))
                .hasToString("{b=1, a=2}");
    }

    @Test
    void aSetThatWasReadIteratesAsItWasWritten() {
        assertThat((Set<?>) again(Set.of(1, 20, 3), new Types<Set<Integer>>() {}.type))
                .hasToString("[1, 20, 3]");
    }

    @Test
    void recordsOfOtherVersions() {
        assertThat(value("{\"amount\":1,\"currency\":\"EUR\",\"rate\":{\"of\":[1]}}", Price.class))
                .isEqualTo(new Price(BigDecimal.ONE, Currency.getInstance("EUR")));
        assertThat(value("{\"amount\":1}", Price.class)).isEqualTo(new Price(BigDecimal.ONE, null));
        assertThatThrownBy(() -> value("{\"article\":\"pen\"}", Line.class))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("Line")
                .hasMessageContaining("count");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar-SA-u-nu-arab", "tr-TR", "th-TH-u-ca-buddhist-nu-thai"})
    void theDefaultLocaleAndTimeZonePlayNoPart(String tag) {
        Locale locale = Locale.getDefault();
        java.util.TimeZone zone = java.util.TimeZone.getDefault();
        Object[] values = {new java.util.Date(1), LocalDate.EPOCH, 1.5, Year.of(2024), Locale.ROOT, 12_345};
        List<String> expected = new ArrayList<>();
        Stream.of(values).forEach(value -> expected.add(json(value, declared(value))));
        try {
            Locale.setDefault(Locale.forLanguageTag(tag));
            java.util.TimeZone.setDefault(java.util.TimeZone.getTimeZone("Pacific/Kiritimati"));
            JsonCodec codec = new JsonCodec();
            List<String> found = new ArrayList<>();
            for (Object value : values) {
                byte[] bytes = codec.encode(value, declared(value));
                found.add(new String(bytes, java.nio.charset.StandardCharsets.UTF_8));
                assertThat(codec.decode(bytes, declared(value))).isEqualTo(value);
            }
            assertThat(found).isEqualTo(expected);
        } finally {
            Locale.setDefault(locale);
            java.util.TimeZone.setDefault(zone);
        }
    }

    @Test
    void aMapOfRecordsWithNullValues() {
        Map<String, @Nullable Line> map = new HashMap<>();
        map.put("a", null);
        assertThat(again(map, new Types<Map<String, Line>>() {}.type)).isEqualTo(map);
    }

    private static boolean isHalfACharacter(Object value) {
        return value instanceof String text
                        && !text.isEmpty()
                        && Character.isSurrogate(text.charAt(text.length() - 1))
                        && !text.endsWith("\ude00")
                || value instanceof Character character && Character.isSurrogate(character);
    }

    private static Type declared(Object value) {
        return value instanceof Enum<?> constant
                ? constant.getDeclaringClass()
                : value instanceof ZoneId && !(value instanceof ZoneOffset) ? ZoneId.class : value.getClass();
    }
}
