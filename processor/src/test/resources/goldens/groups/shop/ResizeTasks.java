package shop;

import io.flowright.annotations.Idempotent;
import io.flowright.annotations.Include;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import java.util.Map;

/** A group, which has a group itself. */
@Include(value = SharpenTasks.class, as = "sharpen", rebind = "blurred=scaled")
public class ResizeTasks {

    public record Size(int columns, int rows) {}

    @Provides({"columns", "rows"})
    @Requires("file")
    Size size(@Input int width) {
        return new Size(width, width * 3 / 4);
    }

    @Provides
    @Idempotent("{image}")
    String scaled(@Requires String image, @Requires int rows) {
        return image + " x" + rows;
    }

    @Provides
    String resized(@Requires({"scaled", "image"}) Map<String, String> images) {
        return images.toString();
    }
}
