package io.flowright.examples.content;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import io.flowright.annotations.Retry;
import io.flowright.annotations.Task;
import io.flowright.annotations.Timeout;
import io.flowright.examples.content.Library.Version;
import io.flowright.runtime.Progress;
import io.flowright.runtime.TaskContext;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;

/** What becomes of a picture that somebody has dropped. A run that fails has published nothing. */
@Flow(durable = true)
record ContentTasks(Vault vault, BufferedImage watermark, CdnClient cdn, Library library, Outbox outbox) {

    private static final float QUALITY = 0.85f;

    /** A picture: what it is called, and what is in it. The same again is the same run; a name with other content is a new version. */
    record Picture(String name, String sha256) {
        Picture {
            if (name.isBlank() || name.startsWith(".") || !name.matches("[^/\\\\\\p{Cntrl}]+")) {
                throw new IllegalArgumentException("no name for a picture: " + name);
            }
            if (!sha256.matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException("no SHA-256: " + sha256);
            }
        }

        String runId() {
            return name + "@" + sha256;
        }
    }

    /** Without loss: the quality is not this task's concern. */
    @Provides("processed")
    String processImage(@Input Picture picture) throws IOException {
        BufferedImage upright = PictureDecoder.decode(picture.name(), vault.read(picture.sha256()));
        return vault.keep(PictureRenderer.bmp(PictureRenderer.stamp(PictureRenderer.cover(upright), watermark)));
    }

    @Provides("optimized")
    String optimize(@Requires String processed) throws IOException {
        BufferedImage picture = PictureDecoder.decode(processed, vault.read(processed));
        return vault.keep(PictureRenderer.jpeg(picture, QUALITY));
    }

    @Provides("uploaded")
    @Retry(maxAttempts = 5, delay = "100ms", backoff = 2, on = IOException.class)
    @Timeout("30s")
    URI uploadCdn(@Input Picture picture, @Requires String optimized, TaskContext task)
            throws IOException, InterruptedException {
        return cdn.put(picture.name(), optimized, vault.read(optimized), task.idempotencyKey());
    }

    @Provides("published")
    @Requires("uploaded")
    Version publish(@Input Picture picture, @Requires String optimized, Progress progress)
            throws IOException, InterruptedException {
        byte[] jpeg = vault.read(optimized);
        return library.publish(
                picture.name(), picture.sha256(), jpeg, written -> progress.update(written, jpeg.length));
    }

    @Task
    void notifyTeam(@Requires Version published, @Requires URI uploaded, TaskContext task) throws IOException {
        outbox.put(task.idempotencyKey(), published.name() + " v" + published.number() + " is on " + uploaded);
    }
}
