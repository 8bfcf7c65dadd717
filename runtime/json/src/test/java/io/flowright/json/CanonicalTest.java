package io.flowright.json;

import static io.flowright.json.Types.again;
import static io.flowright.json.Types.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowright.runtime.spi.CodecException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Equal values have equal bytes. */
class CanonicalTest {

    record Point(int y, int x) {}

    record Holder(Set<Set<Point>> sets, Map<Integer, Set<String>> map, Collection<Point> any) {}

    @Test
    void aSetIsWrittenInOneOrder() {
        Type type = new Types<Set<String>>() {}.type;
        Set<String> backwards = new LinkedHashSet<>(List.of("c", "b", "a"));
        Set<String> sorted = new TreeSet<>(Comparator.reverseOrder());
        sorted.addAll(backwards);

        assertThat(json(new HashSet<>(backwards), type)).isEqualTo("[\"a\",\"b\",\"c\"]");
        assertThat(json(backwards, type)).isEqualTo("[\"a\",\"b\",\"c\"]");
        assertThat(json(sorted, type)).isEqualTo("[\"a\",\"b\",\"c\"]");
    }

    @Test
    void elementsNeedNotBeComparable() {
        Type type = new Types<Set<Set<Point>>>() {}.type;
        Set<Point> points = new LinkedHashSet<>(List.of(new Point(2, 1), new Point(1, 2), new Point(1, 1)));

        assertThat(json(new LinkedHashSet<>(List.of(points, Set.of(new Point(0, 9)))), type))
                .isEqualTo("[[{\"x\":1,\"y\":1},{\"x\":1,\"y\":2},{\"x\":2,\"y\":1}],[{\"x\":9,\"y\":0}]]");
    }

    @Test
    void aSetDeclaredAsACollectionIsSortedToo() {
        Type type = new Types<Collection<Integer>>() {}.type;

        assertThat(json(new LinkedHashSet<>(List.of(3, 1, 2)), type)).isEqualTo("[1,2,3]");
        assertThat(json(List.of(3, 1, 2), type)).isEqualTo("[3,1,2]");
    }

    @Test
    void aMapIsWrittenInOneOrder() {
        Type type = new Types<Map<LocalDate, Long>>() {}.type;
        Map<LocalDate, Long> backwards = new LinkedHashMap<>();
        backwards.put(LocalDate.of(2024, 2, 1), 2L);
        backwards.put(LocalDate.of(2024, 1, 1), 1L);
        Map<LocalDate, Long> sorted = new TreeMap<>(Comparator.reverseOrder());
        sorted.putAll(backwards);

        for (Map<LocalDate, Long> map : List.of(backwards, sorted, new ConcurrentHashMap<>(backwards))) {
            assertThat(json(map, type)).isEqualTo("{\"2024-01-01\":1,\"2024-02-01\":2}");
        }
    }

    @Test
    void keysThatCompareAsEqualAreTwo() {
        Map<BigDecimal, Long> map = new HashMap<>(Map.of(new BigDecimal("1.0"), 1L, new BigDecimal("1.00"), 2L));

        assertThat(again(map, new Types<Map<BigDecimal, Long>>() {}.type)).isEqualTo(map);
        assertThat(again(map.keySet(), new Types<Set<BigDecimal>>() {}.type)).isEqualTo(map.keySet());
    }

    @Test
    void aSortedSetKeepsItsNaturalOrder() {
        assertThat(json(new TreeSet<>(Set.of(10, 9)), new Types<SortedSet<Integer>>() {}.type))
                .isEqualTo("[9,10]");
        assertThat(json(new TreeMap<>(Map.of(10, 1, 9, 2)), new Types<SortedMap<Integer, Integer>>() {}.type))
                .isEqualTo("{\"9\":2,\"10\":1}");
        Set<String> natural = new TreeSet<>(Comparator.naturalOrder());
        natural.addAll(Set.of("b", "a"));
        assertThat(json(natural, new Types<TreeSet<String>>() {}.type)).isEqualTo("[\"a\",\"b\"]");
    }

    @Test
    void aComparatorIsNoValue() {
        SortedSet<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        SortedMap<String, Long> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

        assertThatThrownBy(() -> json(set, new Types<SortedSet<String>>() {}.type))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("comparator")
                .hasMessageContaining("java.util.TreeSet");
        assertThatThrownBy(() -> json(map, new Types<SortedMap<String, Long>>() {}.type))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("comparator");
    }

    @Test
    void equalValuesInAnyOrderHaveEqualBytes() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            List<Point> points = new ArrayList<>();
            for (int i = 0; i < random.nextInt(40); i++) {
                points.add(new Point(random.nextInt(10) - 5, random.nextInt()));
            }
            Holder one = holder(points);
            Collections.shuffle(points, random);
            Holder other = holder(points);

            assertThat(other.sets()).isEqualTo(one.sets());
            assertThat(json(other, Holder.class)).isEqualTo(json(one, Holder.class));
            Holder read = (Holder) again(one, Holder.class);
            assertThat(json(read, Holder.class)).isEqualTo(json(one, Holder.class));
        }
    }

    private static Holder holder(List<Point> points) {
        Set<Set<Point>> sets = new LinkedHashSet<>();
        Map<Integer, Set<String>> map = new LinkedHashMap<>();
        for (Point point : points) {
            sets.add(Set.of(point, new Point(0, 0x7fffffff)));
            map.computeIfAbsent(point.y(), y -> new LinkedHashSet<>()).add("x" + point.x());
        }
        return new Holder(sets, map, new LinkedHashSet<>(points));
    }
}
