package shop;

import io.flowright.annotations.*;
import io.flowright.runtime.FlowFailure;
import io.flowright.runtime.Progress;
import io.flowright.runtime.TaskContext;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

@Flow
public class OrderTasks {

    @Provides(keep = false)
    String order(@Input long orderId) {
        return "order " + orderId;
    }

    @Provides
    int reserved(@Requires String order, @Input List<String> items) {
        return items.size();
    }

    @Provides("payment")
    @Timeout("10s")
    String charge(@Requires String order) throws IOException {
        return "payment of " + order;
    }

    @Task
    void ship(@Requires int reserved, @Requires String payment) {}

    @Compensates("charge")
    @Retry(delay = "1s")
    @CircuitBreaker(name = "bank")
    void refund(@Requires String payment, FlowFailure failure, TaskContext task) throws IOException {}

    @Compensates(value = "reserved", when = Compensates.Once.STARTED)
    CompletionStage<Void> release(
            @Requires Optional<Integer> reserved, @Requires String order, @Input List<String> items) {
        throw new UnsupportedOperationException();
    }

    @Compensates("order")
    static void forget(Progress progress) {}

    @Compensates("ship")
    @Fallback("callBackByHand")
    void callBack(@Requires({"reserved", "payment"}) List<Object> all) {}

    void callBackByHand(List<Object> all, Exception failure) {}

    @Provides(keep = false)
    List<String> parcels(@Input List<String> items) {
        return items;
    }

    @Provides(value = "label", keep = false)
    List<String> print(@ForEach(value = "parcels", maxConcurrency = 4) String parcel) {
        return List.of(parcel);
    }

    @Compensates("print")
    @Retry(delay = "1s")
    @Fallback("burnByHand")
    void burn(
            @ForEach(value = "parcels", maxConcurrency = 2) String parcel,
            @Requires List<String> label,
            @Input List<String> items,
            FlowFailure failure,
            TaskContext task) {}

    void burnByHand(String parcel, List<String> label, List<String> items, FlowFailure failure, TaskContext task) {}

    @Provides("weight")
    int weigh(@ForEach("parcels") String parcel, @Requires int reserved) {
        return reserved;
    }

    @Compensates(value = "weigh", when = Compensates.Once.STARTED)
    CompletionStage<Void> unload(@Requires Optional<Integer> weight) {
        throw new UnsupportedOperationException();
    }
}
