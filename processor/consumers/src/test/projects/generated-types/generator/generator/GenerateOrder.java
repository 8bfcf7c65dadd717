package generator;

public @interface GenerateOrder {}
