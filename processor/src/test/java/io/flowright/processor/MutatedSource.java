package io.flowright.processor;

import io.flowright.processor.compile.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A source that somebody has spoilt: some of its words are gone, doubled, moved, or those of another place. */
final class MutatedSource {

    private static final Pattern TOKEN = Pattern.compile("\"(?:\\\\.|[^\"\\\\\n])*\"|@?\\w+|\\s+|.");
    private static final Pattern ANNOTATION =
            Pattern.compile("@(?!interface\\b)\\w+(?:\\((?:[^()\"]|\"[^\"\n]*\")*\\))?");
    private static final Pattern MEMBER = Pattern.compile("(?m)^ +@.*(?:\\n +@.*)*?\\{.*}$");

    private static final List<String> WORDS = List.of(
            "int",
            "long",
            "boolean",
            "void",
            "String",
            "Object",
            "var",
            "static",
            "private",
            "abstract",
            "java.util.List<String>",
            "java.util.Optional<String>",
            "java.util.concurrent.CompletionStage<String>",
            "java.util.Map<String, Object>",
            "int[]",
            "T",
            "\"\"",
            "\" \"",
            "\"run\"",
            "\"class\"",
            "\"{}\"",
            "\"-1s\"",
            "\"PT1H\"",
            "0",
            "-1",
            "true",
            "null",
            "@Input",
            "@Requires",
            "@Provides",
            "@Task",
            "@Flow",
            "@When(\"ready\")",
            "@ForEach",
            "@Retry",
            "@Timeout(\"1s\")",
            "@Idempotent",
            "@Deprecated");

    private final Random random;
    private String text;

    private MutatedSource(String text, Random random) {
        this.text = text;
        this.random = random;
    }

    /** The source with some changes; with none of them if they could not be made. */
    static Source of(Source source, Random random) {
        MutatedSource mutated = new MutatedSource(source.text(), random);
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            mutated.change();
        }
        return new Source(source.path(), mutated.text);
    }

    private void change() {
        switch (random.nextInt(9)) {
            case 0 -> replace(any(TOKEN), "");
            case 1 -> insert(any(TOKEN), one(any(TOKEN)));
            case 2 -> replace(any(TOKEN), one(any(TOKEN)));
            case 3 -> replace(any(TOKEN), WORDS.get(random.nextInt(WORDS.size())));
            case 4 -> insert(any(TOKEN), " " + WORDS.get(random.nextInt(WORDS.size())) + " ");
            case 5 -> replace(any(ANNOTATION), "");
            case 6 -> replace(any(ANNOTATION), one(any(ANNOTATION)));
            case 7 -> insert(any(ANNOTATION), one(any(ANNOTATION)) + " ");
            default -> members();
        }
    }

    /** A method less, or one that is the copy of another. */
    private void members() {
        if (random.nextBoolean()) {
            replace(any(MEMBER), "");
        } else {
            insert(any(MEMBER), one(any(MEMBER)) + "\n");
        }
    }

    private List<MatchResult> any(Pattern pattern) {
        return pattern.matcher(text)
                .results()
                .filter(found -> !found.group().isBlank())
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private String one(List<MatchResult> places) {
        return places.isEmpty() ? "" : places.get(random.nextInt(places.size())).group();
    }

    private void replace(List<MatchResult> places, String by) {
        if (!places.isEmpty()) {
            MatchResult place = places.get(random.nextInt(places.size()));
            text = text.substring(0, place.start()) + by + text.substring(place.end());
        }
    }

    private void insert(List<MatchResult> places, String what) {
        if (!places.isEmpty()) {
            int place = places.get(random.nextInt(places.size())).start();
            text = text.substring(0, place) + what + text.substring(place);
        }
    }
}
