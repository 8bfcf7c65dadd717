package shop;

public record Invoice(long order) {}
