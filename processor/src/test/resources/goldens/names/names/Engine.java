package names;

import io.flowright.annotations.Provides;

class Engine {

    @Provides
    Engine engine() {
        return this;
    }
}
