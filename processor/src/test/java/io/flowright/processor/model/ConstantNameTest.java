package io.flowright.processor.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConstantNameTest {

    @ParameterizedTest
    @CsvSource({
        "order, ORDER",
        "orderId, ORDER_ID",
        "order_id, ORDER_ID",
        "orderURL, ORDER_URL",
        "parse-XMLFile, PARSE_XML_FILE",
        "step1, STEP1",
        "step1Result, STEP1_RESULT",
        "a.b, A_B",
        "aB, A_B",
        "1st, _1ST",
        "größe, GRÖSSE",
        "$cost, $COST"
    })
    void separates_words_by_underscores_in_capitals(String name, String constant) {
        assertThat(ConstantName.of(name)).isEqualTo(constant);
    }
}
