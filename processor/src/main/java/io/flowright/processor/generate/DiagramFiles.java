package io.flowright.processor.generate;

import io.flowright.processor.model.CheckedFlow;
import io.flowright.processor.model.FlowModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the diagrams of flows into the folder that the option {@code flowright.diagram} names. */
public final class DiagramFiles {

    private final Path folder;

    public DiagramFiles(Path folder) {
        this.folder = folder;
    }

    /** Writes {@code shop.OrderFlow.mmd} and {@code shop.OrderFlow.dot}. */
    public void write(CheckedFlow checked) throws IOException {
        FlowModel flow = checked.flow();
        String name = flow.packageName().isEmpty() ? flow.className() : flow.packageName() + "." + flow.className();
        Diagram diagram = new Diagram(checked);
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name + ".mmd"), diagram.mermaid());
        Files.writeString(folder.resolve(name + ".dot"), diagram.dot());
    }
}
