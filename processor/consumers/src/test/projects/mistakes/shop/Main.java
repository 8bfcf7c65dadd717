package shop;

final class Main {

    private final OrderFlow flow = OrderFlow.create(new OrderTasks());

    int total() {
        return flow.run(42L).total();
    }
}
