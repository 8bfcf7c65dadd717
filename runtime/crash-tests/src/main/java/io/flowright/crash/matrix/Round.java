package io.flowright.crash.matrix;

import io.flowright.crash.ChildProcess;
import io.flowright.crash.matrix.CaseCheck.Remains;
import io.flowright.crash.matrix.MortalProcess.Role;
import io.flowright.runtime.spi.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Some cases of one kind that live and die in the same processes. */
final class Round {

    private final CrashSetup setup;
    private final List<Path> classes;
    private final Path directory;
    private final List<CrashCase> cases;
    private final Map<String, World> worlds;
    private final Map<String, List<Remains>> remains = new LinkedHashMap<>();
    private final Set<String> parked = new HashSet<>();
    private final Map<String, Integer> kills = new LinkedHashMap<>();
    private final Map<String, Integer> losses = new LinkedHashMap<>();
    private final Map<String, List<String>> outcomes = new LinkedHashMap<>();
    private final List<ChildProcess> processes = new ArrayList<>();

    /** What came of a case. */
    record Verdict(CrashCase of, int kills, List<String> wrong) {}

    /**
     * @param directory an empty folder
     * @param worlds what the tasks of the cases act on, by the ids of their runs
     */
    Round(CrashSetup setup, List<Path> classes, Path directory, List<CrashCase> cases, Map<String, World> worlds) {
        this.setup = setup;
        this.classes = classes;
        this.directory = directory;
        this.cases = cases;
        this.worlds = worlds;
        for (CrashCase each : cases) {
            remains.put(each.run(), new ArrayList<>());
            outcomes.put(each.run(), new ArrayList<>());
            kills.put(each.run(), 0);
        }
    }

    /**
     * Disturbs the cases.
     *
     * @param expected how the flows end by their names
     * @param commits how many commits an undisturbed run of all cases has
     */
    List<Verdict> disturbed(Map<String, Expected> expected, int commits) throws IOException, InterruptedException {
        String trouble = "";
        try {
            if (cases.get(0).point() == null) {
                atRandom(commits);
            } else {
                atPoints();
            }
        } catch (AssertionError e) {
            trouble = e.toString();
        } finally {
            processes.forEach(ChildProcess::close);
        }
        return verdicts(expected, trouble);
    }

    /** Lets the cases alone; returns the process that has run them. */
    ChildProcess undisturbed() throws InterruptedException {
        ChildProcess only = start(Role.LAST, false);
        outlive(only);
        return only;
    }

    /** What came of the cases by the ids of their runs, as the processes have said. */
    Map<String, List<String>> outcomes() {
        return outcomes;
    }

    private void atPoints() throws IOException, InterruptedException {
        boolean single = cases.get(0).processes() == 1;
        ChildProcess first = start(Role.FIRST, true);
        ChildProcess second = single ? first : start(Role.STANDBY, false);
        ready(first);
        ready(second);
        sign(MortalProcess.GO);
        first.await(ChildProcess.LIMIT);
        bury(first);
        sign(MortalProcess.DEAD);
        outlive(single ? start(Role.LAST, false) : second);
    }

    private void atRandom(int commits) throws IOException, InterruptedException {
        boolean single = cases.get(0).processes() == 1;
        Random random = new Random(cases.get(0).name().hashCode());
        boolean twice = random.nextBoolean();
        ChildProcess first = start(Role.FIRST, true);
        ChildProcess second = single ? first : start(Role.RIVAL, twice);
        ready(first);
        ready(second);
        sign(MortalProcess.GO);
        killAmong(commits, random, first);
        if (twice) {
            // Of two it is the one that is left, whatever it has of the runs.
            killAmong(commits, random, single ? start(Role.LAST, true) : second);
        }
        outlive(single || twice ? start(Role.LAST, false) : second);
    }

    private ChildProcess start(Role role, boolean mortal) {
        List<String> arguments = new ArrayList<>(
                List.of(setup.getClass().getName(), role.toString(), Boolean.toString(mortal), directory.toString()));
        cases.forEach(each -> arguments.add(each.argument()));
        ChildProcess process =
                ChildProcess.start(MortalProcess.class, classes, directory, "process-" + processes.size(), arguments);
        processes.add(process);
        return process;
    }

    private static void ready(ChildProcess process) throws InterruptedException {
        await(process, lines -> count(lines, "ready") - 1);
    }

    private void sign(String name) throws IOException {
        Files.createFile(directory.resolve(name));
    }

    /** As {@code kill -9} does, at a moment that is drawn by what it has told its store. */
    private void killAmong(int commits, Random random, ChildProcess process) throws InterruptedException {
        int least = random.nextInt(commits + 1);
        await(process, lines -> count(lines, "told") - least);
        TimeUnit.MICROSECONDS.sleep(random.nextInt(5_000));
        process.kill();
        bury(process);
    }

    private interface Progress {
        int by(List<String> lines);
    }

    /** Waits until that is not negative, or the process has ended. */
    private static void await(ChildProcess process, Progress progress) throws InterruptedException {
        long limit = System.nanoTime() + ChildProcess.LIMIT.toNanos();
        while (process.isAlive() && progress.by(process.lines()) < 0) {
            if (System.nanoTime() - limit > 0) {
                throw new AssertionError("process " + process.pid() + " hangs:\n" + process.printed());
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    private static int count(List<String> lines, String start) {
        return (int) lines.stream().filter(line -> line.startsWith(start)).count();
    }

    /** Takes down what a dead process has left. */
    private void bury(ChildProcess dead) {
        note(dead);
        Map<String, String> ended = outcomesOf(dead);
        for (CrashCase each : cases) {
            if (!ended.containsKey(each.run())) {
                kills.merge(each.run(), 1, Integer::sum);
            }
            try (RunStore store = setup.open(each.store())) {
                Objects.requireNonNull(remains.get(each.run())).add(Remains.of(each, store));
            }
        }
    }

    private void outlive(ChildProcess last) throws InterruptedException {
        last.await(ChildProcess.LIMIT);
        note(last);
    }

    private void note(ChildProcess process) {
        process.lines().stream()
                .filter(line -> line.startsWith("parked\t"))
                .forEach(line -> parked.add(line.substring("parked\t".length())));
        process.lines().stream()
                .filter(line -> line.startsWith("lost\t"))
                .forEach(line -> losses.merge(line.substring("lost\t".length()), 1, Integer::sum));
        outcomesOf(process)
                .forEach((run, outcome) ->
                        Objects.requireNonNull(outcomes.get(run)).add(outcome));
    }

    private static Map<String, String> outcomesOf(ChildProcess process) {
        Map<String, String> found = new LinkedHashMap<>();
        for (String line : process.lines()) {
            String[] fields = line.split("\t", 3);
            if (fields[0].equals("outcome")) {
                found.put(fields[1], fields[2]);
            }
        }
        return found;
    }

    private List<Verdict> verdicts(Map<String, Expected> expected, String trouble) {
        List<Verdict> verdicts = new ArrayList<>();
        for (CrashCase each : cases) {
            List<String> said = outcomes.getOrDefault(each.run(), List.of());
            int died = kills.getOrDefault(each.run(), 0);
            try (RunStore store = setup.open(each.store())) {
                List<String> wrong = new ArrayList<>(CaseCheck.of(
                        each,
                        store,
                        worlds.getOrDefault(each.run(), World.NONE),
                        Objects.requireNonNull(expected.get(each.flow())),
                        said,
                        died,
                        losses.getOrDefault(each.run(), 0),
                        Objects.requireNonNull(remains.get(each.run())),
                        parked.contains(each.run())));
                if (said.isEmpty()) {
                    wrong.add(
                            trouble.isEmpty()
                                    ? processes.get(processes.size() - 1).printed()
                                    : trouble);
                    wrong.add("the store has " + store.find(each.run()) + " and " + store.tasks(each.run()));
                }
                verdicts.add(new Verdict(each, died, wrong));
            }
        }
        return verdicts;
    }
}
