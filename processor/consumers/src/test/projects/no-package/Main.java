final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.out.println(GreetingFlow.create().run(" Ada ").greeting());
    }
}
