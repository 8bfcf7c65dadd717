package shop;

public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        OrderFlow flow = OrderFlow.create(new OrderTasks());
        System.out.println(flow.run(42L).receipt());
    }
}
