package names;

public record Frame(Result it) {}
