package io.flowright.processor.check;

import io.flowright.processor.model.AccessorName;
import io.flowright.processor.model.GroupPath;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.NearName;
import io.flowright.processor.report.Problems;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keys that a task requires and nobody provides, or nobody whose keys it could see. */
final class MissingProviders implements Rule {

    /** Looking for near names compares with every key; compilers print no more than a hundred errors anyway. */
    private static final int MOST_SUGGESTIONS = 100;

    @Override
    public void check(Wiring wiring, Problems problems) {
        Map<String, Set<String>> known = new HashMap<>();
        int missing = 0;
        for (Wiring.Use use : wiring.allUses()) {
            String key = use.key().name();
            String group = wiring.task(use.task()).taskClass().group();
            if (wiring.provisions().containsKey(key)) {
                checkVisible(use, group, wiring, problems);
            } else if (key.isBlank() || key.indexOf(',') >= 0) {
                reportNoName(use, key, wiring, problems);
            } else if (!wiring.inputs().containsKey(key)) {
                Set<String> names = known.computeIfAbsent(group, from -> visible(from, wiring));
                reportMissing(use, names, missing++ < MOST_SUGGESTIONS, wiring, problems);
            }
        }
    }

    private static void reportMissing(
            Wiring.Use use, Set<String> names, boolean suggest, Wiring wiring, Problems problems) {
        String key = use.key().name();
        String inside = use.key().inside();
        String owner = ownerOf(inside);
        if (names.contains(owner)) {
            problems.add(Message.PROPERTY_OF_KEY, use.key().site(), wiring.consumer(use), inside, owner);
        } else if (AccessorName.isPossible(key)) {
            String question = suggest ? NearName.question(key, names) : "";
            problems.add(Message.MISSING_PROVIDER, use.key().site(), wiring.consumer(use), key, question);
        } else {
            String question = suggest ? NearName.question(owner.isEmpty() ? inside : owner, names) : "";
            problems.add(Message.IMPOSSIBLE_KEY, use.key().site(), wiring.consumer(use), inside, question);
        }
    }

    /** Of a name that reads like a property of a key: what stands before the dot. */
    private static String ownerOf(String name) {
        return name.substring(0, Math.max(0, name.indexOf('.')));
    }

    private static void reportNoName(Wiring.Use use, String key, Wiring wiring, Problems problems) {
        if (key.isBlank()) {
            problems.add(Message.EMPTY_NAME, use.key().site(), wiring.consumer(use));
        } else {
            problems.add(Message.SEVERAL_NAMES_IN_ONE, use.key().site(), key, Names.separate(key));
        }
    }

    private static void checkVisible(Wiring.Use use, String group, Wiring wiring, Problems problems) {
        String key = use.key().name();
        if (!GroupPath.reaches(GroupPath.group(key), group)) {
            problems.add(
                    Message.PRIVATE_KEY,
                    use.key().site(),
                    wiring.consumer(use),
                    use.key().shown(),
                    GroupPath.group(key),
                    GroupPath.last(key));
        }
    }

    /** What tasks of the group can call the inputs, and the keys that they can see. */
    private static Set<String> visible(String group, Wiring wiring) {
        Set<String> names = new LinkedHashSet<>(wiring.inputs().keySet());
        wiring.provisions().values().stream().flatMap(List::stream).forEach(provision -> {
            String name = provision.key().name();
            if (wiring.task(provision.task()).taskClass().group().equals(group)) {
                names.add(provision.key().inside());
            } else if (GroupPath.reaches(GroupPath.group(name), group)) {
                names.add(GroupPath.last(name));
            }
        });
        return names;
    }
}
