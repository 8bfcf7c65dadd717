package shop;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Include;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;

/** A flow that uses one class twice under different names, and in it another one. */
@Flow
@Include(
        value = ResizeTasks.class,
        as = "thumb",
        rebind = {"image=photo", "width=thumbWidth", "resized=thumbnail"})
@Include(
        value = ResizeTasks.class,
        as = "poster",
        rebind = {"image=photo", "width=posterWidth"})
public class GalleryTasks {

    @Provides
    String photo(@Input String file) {
        return "photo in " + file;
    }

    @Provides
    int posterWidth() {
        return 4_000;
    }
}
