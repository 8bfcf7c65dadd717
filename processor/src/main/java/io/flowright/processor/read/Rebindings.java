package io.flowright.processor.read;

import io.flowright.processor.model.AccessorName;
import io.flowright.processor.model.KeyUse;
import io.flowright.processor.model.Site;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.NearName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What names of a group are bound to around it: {@code "inside=outside"}. */
final class Rebindings {

    private final Inclusion.Group group;
    private final Reading reading;
    private final Map<String, KeyUse> byInside = new LinkedHashMap<>();

    /** Reads those of the group; mistakes are reported and left out. */
    Rebindings(Inclusion.Group group, Reading reading) {
        this.group = group;
        this.reading = reading;
        group.include().strings("rebind").forEach(this::read);
    }

    private void read(AnnotationUse.Item<String> item) {
        String[] names = item.value().split("=", -1);
        String inside = names[0].strip();
        String outside = names[names.length - 1].strip();
        if (names.length != 2 || inside.isEmpty() || outside.isEmpty()) {
            report(Message.BAD_REBIND, item.site(), item.value());
        } else if (!AccessorName.isPossible(outside)) {
            report(Message.REBOUND_TO_NO_NAME, item.site(), inside, outside);
        } else if (byInside.putIfAbsent(inside, new KeyUse(outside, inside, item.site())) != null) {
            report(Message.REBOUND_TWICE, item.site(), inside);
        }
    }

    /** What the name is bound to, and where; null where it is not. */
    @Nullable
    KeyUse of(String inside) {
        return byInside.get(inside);
    }

    /** Reports what is bound, but not a name of the group. */
    void reportUnknown(Set<String> names) {
        byInside.forEach((inside, rebinding) -> {
            if (!names.contains(inside)) {
                String question = NearName.question(inside, names);
                report(
                        Message.REBOUND_UNKNOWN,
                        rebinding.site(),
                        inside,
                        group.type().getSimpleName(),
                        question);
            }
        });
    }

    /** All these messages start with the name of the group. */
    private void report(Message message, Site site, Object... arguments) {
        List<Object> all = new ArrayList<>(List.of(group.name()));
        all.addAll(List.of(arguments));
        reading.problem(message, site, all.toArray());
    }
}
