package io.flowright.cli;

import io.flowright.cli.view.RunJson;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a command has to show at one moment.
 *
 * @param lines the lines
 * @param isLast whether it will not change any more
 */
record Frame(List<String> lines, boolean isLast) {

    /** For people, or for programs. */
    static Frame of(boolean isJson, Supplier<ObjectNode> json, Supplier<List<String>> lines, boolean isLast) {
        return new Frame(isJson ? List.of(RunJson.text(json.get())) : lines.get(), isLast);
    }
}
