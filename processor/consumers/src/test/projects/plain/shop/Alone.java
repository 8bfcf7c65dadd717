package shop;

/** Calls a task as the method that it is. */
public final class Alone {

    private Alone() {}

    public static void main(String[] arguments) {
        System.out.println(new OrderTasks().price(new Order(42, 3)));
    }
}
