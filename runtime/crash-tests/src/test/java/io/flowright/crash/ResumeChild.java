package io.flowright.crash;

import io.flowright.runtime.Engine;
import io.flowright.runtime.Run;
import io.flowright.runtime.spi.RunStore;

/** The process of an operator: resumes a run that has failed, perhaps with the result of a task, and waits for it. */
final class ResumeChild {

    private ResumeChild() {}

    /** The point to die at, or empty; a job; then perhaps a task and its result. */
    public static void main(String[] arguments) {
        CrashChild.Job job = CrashChild.Job.parse(arguments[1]);
        try (RunStore store = CrashChild.store(job, arguments[0]);
                EffectLog effects = EffectLog.open(job.effects());
                Engine engine = Engine.builder()
                        .store(store)
                        .lease(StoreKind.of(job.store()).lease())
                        .build()) {
            Opened flow = job.flow().on(engine, effects);
            Run<?> run = flow.find(job.run());
            boolean resumed = arguments.length == 2 ? run.resume() : run.resume(arguments[2], arguments[3]);
            System.out.println("resumed: " + resumed);
            System.out.println(flow.outcome(run) + ", " + run.status());
        }
    }
}
