package io.flowright.processor.read;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/** Names that follow from the name of a class. */
final class FlowNames {

    private static final String SUFFIX = "Tasks";

    /** Before a capital that follows a small letter or digit, and before the last of several capitals. */
    private static final Pattern WORD =
            Pattern.compile("(?<=[\\p{Ll}\\p{Nd}])(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})");

    private FlowNames() {}

    /** {@code OrderTasks}: {@code OrderFlow}; nested in {@code Shop}: {@code Shop_OrderFlow}. */
    static String className(TypeElement type) {
        String name = stem(type) + "Flow";
        for (Element outer = type.getEnclosingElement();
                outer instanceof TypeElement;
                outer = outer.getEnclosingElement()) {
            name = outer.getSimpleName() + "_" + name;
        }
        return name;
    }

    /** {@code OrderImportTasks}: {@code order-import}. */
    static String flowName(TypeElement type) {
        return String.join("-", words(stem(type)));
    }

    /** {@code OrderTasks}: {@code orderTasks}. */
    static String parameter(TypeElement type) {
        String simple = type.getSimpleName().toString();
        String first = words(simple).get(0);
        String name = first + simple.substring(first.length());
        return SourceVersion.isKeyword(name) ? name + SUFFIX : name;
    }

    /** The name itself, or with a number where it is taken; taken from now on. */
    static String unused(String name, Set<String> taken) {
        String unused = name;
        for (int number = 2; !taken.add(unused); number++) {
            unused = name + number;
        }
        return unused;
    }

    private static String stem(TypeElement type) {
        String simple = type.getSimpleName().toString();
        return simple.endsWith(SUFFIX) && simple.length() > SUFFIX.length()
                ? simple.substring(0, simple.length() - SUFFIX.length())
                : simple;
    }

    private static List<String> words(String name) {
        return WORD.splitAsStream(name)
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
    }
}
