package io.flowright.processor.report;

import java.util.Arrays;
import javax.lang.model.element.Element;

/** Warnings that the user has seen: {@code @SuppressWarnings("flowright:retry-without-idempotency")}. */
final class Suppression {

    private Suppression() {}

    /** Whether the element or anything around it suppresses this warning, or all of ours. */
    static boolean covers(Diagnostic warning) {
        String token = "flowright:" + warning.message().id();
        for (Element element = warning.site().element(); element != null; element = element.getEnclosingElement()) {
            SuppressWarnings suppressed = element.getAnnotation(SuppressWarnings.class);
            if (suppressed != null
                    && Arrays.stream(suppressed.value())
                            .anyMatch(each -> each.equals(token) || each.equals("flowright"))) {
                return true;
            }
        }
        return false;
    }
}
