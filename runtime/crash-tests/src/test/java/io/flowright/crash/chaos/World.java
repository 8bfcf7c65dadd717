package io.flowright.crash.chaos;

import io.flowright.runtime.TaskContext;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What tasks do something to: it remembers who did what, with what. Thread-safe. */
final class World {

    private final SharedLines deeds;
    private final String process;
    private final Consumer<TaskContext> work;
    private final AtomicLong stamps = new AtomicLong();

    /**
     * @param deeds where it is remembered
     * @param process the name of this process, which no other has
     * @param work what a task does after that, before it returns
     */
    World(SharedLines deeds, String process, Consumer<TaskContext> work) {
        this.deeds = deeds;
        this.process = process;
        this.work = work;
    }

    /** A task takes these steps and makes its own. */
    Step act(TaskContext task, Step... taken) {
        return act(task, List.of(taken));
    }

    /** A task takes these steps and makes its own. */
    Step act(TaskContext task, List<Step> taken) {
        String stamp = process + "-" + stamps.incrementAndGet();
        deeds.add(new Deed(
                        task.runId(),
                        task.task(),
                        task.element(),
                        task.attempt(),
                        task.fencingToken(),
                        task.idempotencyKey(),
                        process,
                        stamp,
                        taken.stream().map(Step::stamp).toList())
                .line());
        work.accept(task);
        String place = task.element() < 0 ? task.task() : task.task() + "[" + task.element() + "]";
        return new Step(text(place, taken.stream().map(Step::text).toList()), stamp);
    }

    /** What the step of a place says that has taken steps which say this. */
    static String text(String place, List<String> taken) {
        return taken.stream().collect(Collectors.joining(",", place + "(", ")"));
    }
}
