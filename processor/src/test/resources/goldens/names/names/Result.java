package names;

public record Result(String it) {}
