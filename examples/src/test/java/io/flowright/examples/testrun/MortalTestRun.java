package io.flowright.examples.testrun;

import io.flowright.crash.matrix.MortalFlow;
import io.flowright.crash.matrix.World;
import io.flowright.examples.crash.MortalExample;
import io.flowright.examples.testrun.TestHistory.Verdict;
import io.flowright.runtime.Engine;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Two shards, of which one loses its first JVM, and a flaky test that passes in a rerun. JVMs that run nothing write the reports. */
public final class MortalTestRun implements MortalExample {

    private static final int SHARDS = 2;
    private static final List<String> SELECTORS =
            List.of("class:" + FailsFirst.class.getName(), "class:" + KillsItsJvmOnce.class.getName());

    @Override
    public Ending ending() {
        return new Ending(
                RunStatus.SUCCEEDED,
                "20 passed, 1 flaky of 2 shards",
                List.of("shop.OrderTest: 5.25 s", "21 tests in the report"));
    }

    @Override
    public Map<String, Set<String>> needs() {
        return Map.of(
                "shards", Set.of("discover"),
                "runShard", Set.of("shards"),
                "collect", Set.of("shards", "runShard"),
                "recordTimes", Set.of("collect"),
                "fewFailed", Set.of("collect"),
                "rerunFlaky", Set.of("collect", "fewFailed"),
                "report", Set.of("collect", "rerunFlaky"));
    }

    @Override
    public World world(Path directory, Path effects) {
        return new World() {
            @Override
            public String address() {
                return directory.toString();
            }

            @Override
            public List<String> traces() throws IOException {
                List<String> traces = new ArrayList<>();
                ClassTimes.read(directory).forEach((name, seconds) -> traces.add(name + ": " + seconds + " s"));
                traces.add(JUnitXml.read(directory.resolve("TEST-all.xml")).size() + " tests in the report");
                return traces;
            }
        };
    }

    @Override
    public MortalFlow flow(Engine engine, String world) {
        TestRunFlow flow = TestRunFlow.create(new TestRunTasks(MortalTestRun::report), engine);
        return run -> MortalFlow.outcome(
                flow.start(RunOptions.id(run), SELECTORS, SHARDS, Path.of(world)),
                result -> result.report().count(Verdict.PASSED) + " passed, "
                        + result.report().count(Verdict.FLAKY) + " flaky of "
                        + result.shards().size() + " shards");
    }

    /** What a JVM with these tests leaves: in each execution the same. */
    private static Path report(List<String> selectors, Path directory) throws IOException {
        String name = directory.getFileName().toString();
        if (name.equals("shard-1-attempt-1")) {
            throw new IOException("the JVM died");
        }
        List<Execution> executions = new ArrayList<>();
        if (name.startsWith("rerun")) {
            executions.add(Executions.passed("flaky"));
        } else {
            executions.addAll(Executions.passed(10));
            if (name.startsWith("shard-2")) {
                executions.add(Executions.failure("flaky"));
            }
        }
        Path report = Files.createDirectories(directory).resolve("TEST-scripted.xml");
        ScriptedJvm.write(executions, report);
        return report;
    }
}
