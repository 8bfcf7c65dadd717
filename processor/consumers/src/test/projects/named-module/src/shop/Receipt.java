package shop;

import java.util.List;

public record Receipt(long order, int total, List<String> lines) {}
