package io.flowright.processor.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.processor.read.TemplateText.Piece;
import io.flowright.processor.report.Message;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTextTest {

    @Test
    void placeholdersAndTextAlternateAsTheyLike() {
        TemplateText text = TemplateText.parse("a{b}{c.d.e}-f");

        assertThat(text.mistake()).isNull();
        assertThat(text.pieces())
                .containsExactly(
                        new Piece.Literal("a"),
                        new Piece.Path(List.of("b")),
                        new Piece.Path(List.of("c", "d", "e")),
                        new Piece.Literal("-f"));
    }

    @ParameterizedTest
    @CsvSource({
        "{a, TEMPLATE_NOT_CLOSED",
        "{a}{b, TEMPLATE_NOT_CLOSED",
        "a}, TEMPLATE_CLOSED_TWICE",
        "{a}}, TEMPLATE_CLOSED_TWICE",
        "}{a}, TEMPLATE_CLOSED_TWICE",
        "{}, TEMPLATE_WITHOUT_NAMES",
        "{a.}, TEMPLATE_WITHOUT_NAMES",
        "{.a}, TEMPLATE_WITHOUT_NAMES",
        "{a..b}, TEMPLATE_WITHOUT_NAMES",
        "{{a}}, TEMPLATE_WITHOUT_NAMES",
        "{a b}, TEMPLATE_WITHOUT_NAMES",
        "{a()}, TEMPLATE_WITHOUT_NAMES",
        "'', TEMPLATE_CONSTANT",
        "order.id, TEMPLATE_CONSTANT"
    })
    void mistakesAreToldApart(String template, Message mistake) {
        assertThat(TemplateText.parse(template).mistake()).isEqualTo(mistake);
    }
}
