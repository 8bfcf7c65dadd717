package io.flowright.examples.order;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flowright.crash.Effect;
import io.flowright.crash.matrix.MortalFlow;
import io.flowright.crash.matrix.World;
import io.flowright.examples.crash.Attempts;
import io.flowright.examples.crash.MortalExample;
import io.flowright.examples.order.OrderTasks.Payment;
import io.flowright.examples.order.OrderTasks.PaymentService;
import io.flowright.runtime.Engine;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.RunStatus;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A payment service whose first answer gets lost when it has the money: nobody pays twice. */
public final class MortalOrder implements MortalExample {

    private static final String CHARGES = "charges";
    private static final String PAYMENTS = "payments";

    @Override
    public Ending ending() {
        return new Ending(
                RunStatus.SUCCEEDED, "42: payment of 199.00, parcel from shelf 7", List.of("payment of 199.00"));
    }

    @Override
    public Map<String, Set<String>> needs() {
        return Map.of("reserve", Set.of("load"), "charge", Set.of("load"), "ship", Set.of("load", "reserve", "charge"));
    }

    @Override
    public World world(Path directory, Path effects) {
        return new Till(directory, effects);
    }

    @Override
    public MortalFlow flow(Engine engine, String world) {
        String[] paths = world.split("\\|");
        PaymentService payments = (amount, key) -> charge(Path.of(paths[0]), Path.of(paths[1]), amount, key);
        OrderFlow flow = OrderFlow.create(new OrderTasks(new OrderSample.SmallWarehouse(), payments), engine);
        return run -> MortalFlow.outcome(flow.start(RunOptions.id(run), 42L), result -> {
            OrderTasks.Receipt receipt = result.receipt();
            return receipt.order() + ": " + receipt.payment() + ", " + receipt.parcel();
        });
    }

    /** The same key again is the payment that there is. */
    private static Payment charge(Path directory, Path effects, BigDecimal amount, String key) throws IOException {
        Files.writeString(directory.resolve(CHARGES), key + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        Path payments = Files.createDirectories(directory.resolve(PAYMENTS));
        Files.writeString(payments.resolve(URLEncoder.encode(key, UTF_8)), "payment of " + amount);
        if (Attempts.of(OrderFlow.Tasks.CHARGE, effects) < 2) {
            throw new IOException("the line is dead");
        }
        return new Payment("payment of " + amount);
    }

    /** What the payment service has in a folder: each key that it was given, and a file for each payment. */
    private record Till(Path directory, Path effects) implements World {

        @Override
        public String address() {
            return directory + "|" + effects;
        }

        @Override
        public List<Effect> requests() throws IOException {
            return Files.readAllLines(directory.resolve(CHARGES)).stream()
                    .map(key -> Effect.request("charge", key))
                    .toList();
        }

        @Override
        public List<String> traces() throws IOException {
            List<String> traces = new ArrayList<>();
            try (DirectoryStream<Path> payments = Files.newDirectoryStream(directory.resolve(PAYMENTS))) {
                for (Path payment : payments) {
                    traces.add(Files.readString(payment));
                }
            }
            return traces;
        }
    }
}
