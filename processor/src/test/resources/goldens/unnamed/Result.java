record Result(String text) {}
