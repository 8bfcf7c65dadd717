package io.flowright.runtime.generated;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ElementsTest {

    @Test
    void takesWhatAnIteratorGives() {
        Iterable<String> letters = () -> List.of("a", "b").iterator();

        assertThat(Elements.of(letters)).containsExactly("a", "b");
        assertThat(Elements.of(List.of("c"))).containsExactly("c");
    }

    @Test
    void takesTheValuesOfAMapInItsOrder() {
        Map<String, Integer> map = new LinkedHashMap<>();
        map.put("z", 1);
        map.put("a", 2);

        assertThat(Elements.ofValues(map)).containsExactly(1, 2);
    }

    @Test
    void boxesPrimitives() {
        assertThat(Elements.of(new boolean[] {true})).containsExactly(true);
        assertThat(Elements.of(new byte[] {1})).containsExactly((byte) 1);
        assertThat(Elements.of(new short[] {1})).containsExactly((short) 1);
        assertThat(Elements.of(new char[] {'x'})).containsExactly('x');
        assertThat(Elements.of(new int[] {1, 2})).containsExactly(1, 2);
        assertThat(Elements.of(new long[] {1})).containsExactly(1L);
        assertThat(Elements.of(new float[] {1})).containsExactly(1f);
        assertThat(Elements.of(new double[] {1})).containsExactly(1.0);
    }

    @Test
    void whatIsChangedLaterChangesNothing() {
        List<String> list = new ArrayList<>(List.of("a"));
        String[] array = {"a"};
        Object[] ofList = Elements.of(list);
        Object[] ofArray = Elements.of(array);

        list.set(0, "b");
        array[0] = "b";

        assertThat(ofList).containsExactly("a");
        assertThat(ofArray).containsExactly("a");
    }
}
