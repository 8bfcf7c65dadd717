package io.flowright.examples.content;

import io.flowright.examples.jvm.Steps;
import io.flowright.runtime.FlowFailedException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Brings all pictures of a folder to their end in a process of its own: kill it, start it again, and it goes on. */
final class DurableContent {

    private DurableContent() {}

    /** Arguments: the folder of the worker, and where the CDN is. */
    public static void main(String[] args) throws IOException {
        Path root = Path.of(args[0]);
        try (ContentWorker worker = new ContentWorker(root, URI.create(args[1]), Steps::announce);
                DirectoryStream<Path> pictures = Files.newDirectoryStream(ContentWorker.incoming(root))) {
            for (Path picture : pictures) {
                try {
                    worker.take(picture.getFileName().toString(), Files.readAllBytes(picture))
                            .result();
                } catch (FlowFailedException e) {
                    System.err.println(e.getMessage());
                }
            }
        }
    }
}
