package shop;

public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.out.println(OrderFlow.create(new OrderTasks(7)).run(42L).total());
    }
}
