package names;

public record Keys(Frame it) {}
