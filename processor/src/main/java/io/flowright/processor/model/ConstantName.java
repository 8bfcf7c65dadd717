package io.flowright.processor.model;

import java.util.Locale;

/** How the generated classes {@code Keys} and {@code Tasks} name their constants. */
public final class ConstantName {

    private ConstantName() {}

    /** {@code ORDER_ID} for {@code orderId} and {@code order_id}, {@code PARSE_XML_FILE} for {@code parse-XMLFile}. */
    public static String of(String name) {
        StringBuilder constant = new StringBuilder(name.length() + 8);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (startsWord(name, i)) {
                constant.append('_');
            }
            constant.append(Character.isJavaIdentifierPart(c) ? c : '_');
        }
        String upper = constant.toString().toUpperCase(Locale.ROOT);
        return Character.isJavaIdentifierStart(upper.charAt(0)) ? upper : "_" + upper;
    }

    /** Whether a capital begins here after a small letter or digit, or as the last of several capitals before a small one. */
    private static boolean startsWord(String name, int i) {
        if (i == 0 || !Character.isUpperCase(name.charAt(i))) {
            return false;
        }
        char before = name.charAt(i - 1);
        return Character.isLowerCase(before)
                || Character.isDigit(before)
                || (Character.isUpperCase(before)
                        && i + 1 < name.length()
                        && Character.isLowerCase(name.charAt(i + 1)));
    }
}
