package io.flowright.processor.report;

import io.flowright.processor.model.Site;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The diagnostics of one flow, collected until all are known. */
public final class Problems {

    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private boolean errors;

    /** Adds a mistake; what is already there stands as it is. */
    public void add(Message message, Site site, Object... arguments) {
        diagnostics.add(Diagnostic.of(message, site, arguments));
        errors |= !message.isWarning();
    }

    /** Whether anything but warnings was found. */
    public boolean anyError() {
        return errors;
    }

    public List<Diagnostic> all() {
        return Collections.unmodifiableList(diagnostics);
    }
}
