package shop;

import warehouse.StockTasks;

public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.out.println(
                OrderFlow.create(new OrderTasks(), new StockTasks()).run("lamp").label());
    }
}
