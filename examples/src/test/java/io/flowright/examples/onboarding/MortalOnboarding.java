package io.flowright.examples.onboarding;

import com.sun.net.httpserver.HttpExchange;
import io.flowright.crash.Effect;
import io.flowright.crash.matrix.MortalFlow;
import io.flowright.crash.matrix.World;
import io.flowright.examples.crash.MortalExample;
import io.flowright.examples.server.ScriptedServer;
import io.flowright.examples.server.ScriptedServer.Request;
import io.flowright.runtime.Engine;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.RunStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Ada, who is taken in once and wholly, or, if the CRM will not have her, leaves no trace but two mails. */
public final class MortalOnboarding implements MortalExample {

    private static final String SEPARATOR = "|";

    private final boolean isRefused;
    private final Ending ending;

    private MortalOnboarding(boolean isRefused, Ending ending) {
        this.isRefused = isRefused;
        this.ending = ending;
    }

    /** Nothing is in her way. */
    public static MortalOnboarding takenIn() {
        List<String> traces = List.of(
                "account ada",
                "audit of account 1: onboarded as C1",
                "contact C1 of account 1",
                "home ada",
                "home ada/quota",
                "mailbox ada@example.com",
                "mail: Welcome, Ada Lovelace");
        return new MortalOnboarding(
                false, new Ending(RunStatus.SUCCEEDED, "ada@example.com is contact C1 of account 1", traces));
    }

    /** The CRM refuses her. */
    public static MortalOnboarding refused() {
        return new MortalOnboarding(
                true,
                new Ending(
                        RunStatus.COMPENSATED,
                        "updateCrm: the CRM refuses: status 409",
                        List.of("mail: Welcome, Ada Lovelace", "mail: Sorry, Ada Lovelace")));
    }

    @Override
    public Ending ending() {
        return ending;
    }

    @Override
    public Map<String, Set<String>> needs() {
        return Map.ofEntries(
                Map.entry("provision", Set.of("createAccount")),
                Map.entry("reserveMailbox", Set.of("createAccount")),
                Map.entry("sendWelcome", Set.of("provision", "reserveMailbox")),
                Map.entry("updateCrm", Set.of("sendWelcome")),
                Map.entry("audit", Set.of("updateCrm")),
                Map.entry("updateCrm.compensation", Set.of("updateCrm")),
                Map.entry("sendWelcome.compensation", Set.of("updateCrm.compensation")),
                Map.entry("provision.compensation", Set.of("sendWelcome.compensation")),
                Map.entry("reserveMailbox.compensation", Set.of("sendWelcome.compensation")),
                Map.entry(
                        "createAccount.compensation", Set.of("provision.compensation", "reserveMailbox.compensation")));
    }

    @Override
    public World world(Path directory, Path effects) throws IOException, SQLException {
        return new Office(new Services(directory), isRefused ? new ScriptedServer(MortalOnboarding::refuse) : null);
    }

    private static void refuse(HttpExchange exchange) throws IOException {
        ScriptedServer.status(exchange.getRequestMethod().equals("POST") ? 409 : 200)
                .handle(exchange);
    }

    @Override
    public MortalFlow flow(Engine engine, String world) {
        OnboardingTasks tasks = Services.tasks(List.of(world.split("\\" + SEPARATOR)));
        greet(tasks.crm());
        OnboardingFlow flow = OnboardingFlow.create(tasks, engine);
        return run -> MortalFlow.outcome(
                flow.start(RunOptions.id(run), DurableOnboarding.ADA),
                result -> result.mailbox() + " is contact " + result.contact() + " of account "
                        + result.account().id());
    }

    /** The first request of a process takes long: on a busy machine longer than a task has time. */
    private static void greet(CrmClient crm) {
        try {
            crm.http().send(HttpRequest.newBuilder(crm.server()).build(), BodyHandlers.discarding());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The services, and perhaps a CRM in front of theirs that has nobody. */
    private record Office(Services services, @Nullable ScriptedServer refusing) implements World {

        @Override
        public String address() {
            List<String> addresses = new ArrayList<>(services.addresses());
            if (refusing != null) {
                addresses.set(addresses.size() - 1, refusing.uri("/").toString());
            }
            return String.join(SEPARATOR, addresses);
        }

        @Override
        public List<Effect> requests() {
            List<Effect> requests = new ArrayList<>();
            for (String mail : services.mail().mails()) {
                requests.add(Effect.request("mail " + header("Subject", mail), header("Message-ID", mail)));
            }
            for (Request request : crmRequests()) {
                requests.add(Effect.request(
                        request.method() + " " + request.path(), String.valueOf(request.idempotencyKey())));
            }
            return requests;
        }

        private List<Request> crmRequests() {
            return refusing != null
                    ? refusing.requests().stream()
                            .filter(request -> !request.method().equals("GET"))
                            .toList()
                    : Stream.of("POST", "DELETE")
                            .flatMap(method -> services.crm().requests(method).stream())
                            .toList();
        }

        /** Mails with one id are one mail. */
        @Override
        public List<String> traces() throws IOException, SQLException {
            List<String> traces = new ArrayList<>(services.traces());
            Collections.sort(traces);
            Set<String> ids = new HashSet<>();
            for (String mail : services.mail().mails()) {
                if (ids.add(header("Message-ID", mail))) {
                    traces.add("mail: " + header("Subject", mail));
                }
            }
            return traces;
        }

        private static String header(String name, String mail) {
            return mail.lines()
                    .filter(line -> line.startsWith(name + ": "))
                    .map(line -> line.substring(name.length() + 2))
                    .findFirst()
                    .orElse("none");
        }

        @Override
        public void close() throws IOException {
            services.close();
            if (refusing != null) {
                refusing.close();
            }
        }
    }
}
