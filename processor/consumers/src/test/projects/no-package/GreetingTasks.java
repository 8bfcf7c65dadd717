import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;

@Flow
class GreetingTasks {

    @Provides
    static String name(@Input String person) {
        return person.trim();
    }

    @Provides
    static String greeting(@Requires String name) {
        return "Hello, " + name;
    }
}
