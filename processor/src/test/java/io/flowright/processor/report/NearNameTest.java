package io.flowright.processor.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearNameTest {

    @ParameterizedTest
    @CsvSource({
        "reciept, receipt, 1",
        "reciept, recieptt, 1",
        "order, order, 0",
        "order, odrer, 1",
        "order, rder, 1",
        "order, ordre, 1",
        "'', abc, 3",
        "abc, '', 3",
        "ca, abc, 3"
    })
    void insertionsDeletionsReplacementsAndSwapsCount(String one, String other, int distance) {
        assertThat(NearName.distance(one, other)).isEqualTo(distance);
    }

    @Test
    void theNearestNameIsSuggested() {
        assertThat(NearName.of("reciept", List.of("recipe", "receipt", "order")))
                .hasValue("receipt");
    }

    @Test
    void ofEquallyNearNamesTheFirstIsSuggested() {
        assertThat(NearName.of("orderC", List.of("orderA", "orderB"))).hasValue("orderA");
    }

    @Test
    void differentCaseIsNear() {
        assertThat(NearName.of("ORDERID", List.of("orderId"))).hasValue("orderId");
        assertThat(NearName.of("Id", List.of("id"))).hasValue("id");
    }

    @Test
    void nothingIsSuggestedWhereNothingIsNear() {
        assertThat(NearName.of("stock", List.of("order", "price"))).isEmpty();
        assertThat(NearName.of("a", List.of("b"))).isEmpty();
        assertThat(NearName.question("a", List.of("b"))).isEmpty();
    }

    @Test
    void theSameNameIsNoSuggestion() {
        assertThat(NearName.of("order", List.of("order"))).isEmpty();
    }
}
