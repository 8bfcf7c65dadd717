package io.flowright.cli.view;

/** Text from a store, which may be anybody's, as it can be shown: it must not move the cursor or hide what stands beside it. */
public final class Plain {

    private Plain() {}

    /** The text on one line; characters that are not seen are written as Java writes them. */
    public static String text(String text) {
        return isPlain(text) ? text : escaped(text);
    }

    /** The text on its lines, tabs included. */
    static String lines(String text) {
        return text.lines()
                .map(line -> text(line.replace("\t", "    ")))
                .reduce((a, b) -> a + "\n" + b)
                .orElse("");
    }

    private static boolean isPlain(String text) {
        return text.codePoints().allMatch(Plain::isSeen);
    }

    private static boolean isSeen(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    private static String escaped(String text) {
        StringBuilder plain = new StringBuilder();
        text.codePoints().forEach(character -> {
            if (isSeen(character)) {
                plain.appendCodePoint(character);
            } else {
                plain.append(
                        switch (character) {
                            case '\n' -> "\\n";
                            case '\r' -> "\\r";
                            case '\t' -> "\\t";
                            default -> hexadecimal(character);
                        });
            }
        });
        return plain.toString();
    }

    private static String hexadecimal(int character) {
        StringBuilder text = new StringBuilder();
        for (char unit : Character.toChars(character)) {
            text.append(String.format("\\u%04x", (int) unit));
        }
        return text.toString();
    }
}
