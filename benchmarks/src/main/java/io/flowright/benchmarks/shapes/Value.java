package io.flowright.benchmarks.shapes;

/** What tasks hand to each other. */
public record Value(int number) {}
