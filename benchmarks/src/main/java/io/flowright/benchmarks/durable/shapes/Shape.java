package io.flowright.benchmarks.durable.shapes;

/** The workflows. */
public enum Shape {
    CHAIN_1("chain of 1", 1, 1),
    CHAIN_5("chain of 5", 5, 5),
    CHAIN_10("chain of 10", 10, 10),
    /** One task, three that take what it gave, seven, three, one. */
    DIAMOND_15("diamond of 15", 15, 25),
    /** No workflow: a limit of the machine. */
    RAW("limit", 1, 1);

    private final String title;
    private final int tasks;
    private final int counted;

    Shape(String title, int tasks, int counted) {
        this.title = title;
        this.tasks = tasks;
        this.counted = counted;
    }

    /** How many tasks there are. */
    public int tasks() {
        return tasks;
    }

    /** What {@link Order#tasks()} of the last value is, if all tasks ran. */
    public int counted() {
        return counted;
    }

    @Override
    public String toString() {
        return title;
    }
}
