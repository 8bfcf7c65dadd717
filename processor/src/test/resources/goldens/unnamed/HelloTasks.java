import io.flowright.annotations.Flow;
import io.flowright.annotations.Provides;

/** In the unnamed package a class cannot be qualified: the generated nested class gives way. All tasks are static. */
@Flow
class HelloTasks {

    private HelloTasks() {}

    record Greeting(String text) {}

    @Provides
    static Result result() {
        return new Result("hello");
    }

    @Provides
    static Greeting greeting() {
        return new Greeting("hello");
    }
}
