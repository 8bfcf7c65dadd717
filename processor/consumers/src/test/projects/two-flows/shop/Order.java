package shop;

record Order(long id, int quantity) {}
