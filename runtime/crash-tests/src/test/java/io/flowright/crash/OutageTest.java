package io.flowright.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flowright.runtime.Engine;
import io.flowright.runtime.Run;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.RunStatus;
import io.flowright.runtime.StoreUnavailableException;
import io.flowright.runtime.spi.RunRecord;
import io.flowright.runtime.spi.RunStore;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL goes away and comes back while runs are active. */
@Timeout(120)
class OutageTest {

    @TempDir
    private Path directory;

    private Path log;
    private Proxy proxy;
    private String direct;
    private String shaky;

    @BeforeEach
    void connect() throws SQLException {
        URI server = URI.create(PostgresServer.url().substring("jdbc:".length()));
        int port = server.getPort() < 0 ? 5432 : server.getPort();
        proxy = new Proxy(server.getHost(), port);
        direct = StoreKind.POSTGRES.create(directory);
        shaky = direct.replace(server.getRawAuthority(), "localhost:" + proxy.port());
        log = directory.resolve("effects");
    }

    @AfterEach
    void disconnect() throws SQLException {
        if (proxy != null) {
            proxy.close();
            StoreKind.drop(direct);
        }
    }

    private Map<String, Run<?>> start(Opened flow, int count) {
        Map<String, Run<?>> runs = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            runs.put("r" + i, flow.start("r" + i));
        }
        return runs;
    }

    private void eachHappenedOnce(int count) {
        Map<String, List<String>> effects = EffectLog.read(log).stream()
                .collect(Collectors.groupingBy(
                        Effect::run,
                        Collectors.mapping(effect -> effect.task() + effect.attempt(), Collectors.toList())));
        assertThat(effects).hasSize(count);
        assertThat(effects.values())
                .allSatisfy(those -> assertThat(those).containsExactly("order1", "tax1", "tax2", "receipt1"));
        try (RunStore store = StoreKind.open(direct)) {
            effects.keySet().forEach(id -> {
                RunRecord run = store.find(id).orElseThrow();
                assertThat(run.status()).as(id).isEqualTo(RunStatus.SUCCEEDED);
                assertThat(run.epoch()).as(id).isEqualTo(1);
                assertThat(store.tasks(id)).as(id).hasSize(4);
            });
        }
    }

    /** Answers are lost after their commits, too: which of them, is chance. */
    @Test
    void connectionsThatBreakAllTheTimeDisturbNothing() throws Exception {
        try (RunStore store = StoreKind.open(shaky);
                EffectLog effects = EffectLog.open(log);
                Engine engine = engine(store, Duration.ofSeconds(20))) {
            Opened flow = FlowKind.CHAIN.on(engine, effects);
            Thread breaker = new Thread(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    proxy.cutOnce();
                    try {
                        TimeUnit.MILLISECONDS.sleep(150);
                    } catch (InterruptedException e) {
                        return;
                    }
                }
            });
            breaker.start();
            start(flow, 40).forEach((id, run) -> assertThat(flow.outcome(run)).isEqualTo(FlowKind.CHAIN.outcome()));
            breaker.interrupt();
            breaker.join();
        }
        eachHappenedOnce(40);
    }

    /** No end of them is ever seen; without a limit they would be waited for until the system gives up. */
    @Test
    void connectionsThatGoSilentAreGivenUp() {
        try (RunStore store = StoreKind.open(shaky + (shaky.contains("?") ? "&" : "?") + "socketTimeout=2");
                EffectLog effects = EffectLog.open(log);
                Engine engine = engine(store, Duration.ofSeconds(20))) {
            Opened flow = FlowKind.CHAIN.on(engine, effects);
            Map<String, Run<?>> runs = start(flow, 40);
            proxy.silenceOnce();
            runs.forEach((id, run) -> assertThat(flow.outcome(run)).isEqualTo(FlowKind.CHAIN.outcome()));
        }
        eachHappenedOnce(40);
    }

    @Test
    void backendsThatAreTerminatedDisturbNothing() throws Exception {
        try (RunStore store = StoreKind.open(direct);
                EffectLog effects = EffectLog.open(log);
                Engine engine = engine(store, Duration.ofSeconds(20))) {
            Opened flow = FlowKind.CHAIN.on(engine, effects);
            Map<String, Run<?>> runs = start(flow, 40);
            while (runs.values().stream().anyMatch(run -> run.status().isActive())) {
                PostgresServer.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE application_name = 'flowright' AND pid <> pg_backend_pid()");
                // A connection lives long enough for something to be done.
                TimeUnit.MILLISECONDS.sleep(150);
            }
            runs.forEach((id, run) -> assertThat(flow.outcome(run)).isEqualTo(FlowKind.CHAIN.outcome()));
        }
        eachHappenedOnce(40);
    }

    @Test
    void whatIsBackWithinTheLeaseIsWaitedFor() throws Exception {
        try (RunStore store = StoreKind.open(shaky);
                EffectLog effects = EffectLog.open(log);
                Engine engine = engine(store, Duration.ofSeconds(20))) {
            Opened flow = FlowKind.CHAIN.on(engine, effects);
            Map<String, Run<?>> runs = start(flow, 10);
            proxy.cut();
            TimeUnit.SECONDS.sleep(3);
            assertThat(runs.values()).anyMatch(run -> run.status().isActive());
            proxy.restore();
            runs.forEach((id, run) -> assertThat(flow.outcome(run)).isEqualTo(FlowKind.CHAIN.outcome()));
        }
        eachHappenedOnce(10);
    }

    @Test
    void whatIsAwayForLongerEndsTheRunHereAndItGoesOnWhenItIsBack() throws Exception {
        Path gate = directory.resolve("gate");
        try (RunStore store = StoreKind.open(shaky);
                EffectLog effects = EffectLog.open(log);
                Engine engine = engine(store, Duration.ofSeconds(2))) {
            GateFlow flow = GateFlow.create(new GateTasks(effects, gate), engine);
            Run<GateFlow.Result> run = flow.start(RunOptions.id("r"), "r");
            await().atMost(ChildProcess.LIMIT).until(() -> EffectLog.read(log).size() == 2);
            proxy.cut();
            Files.createFile(gate);

            assertThatThrownBy(run::result).isInstanceOf(StoreUnavailableException.class);
            assertThat(EffectLog.read(log)).hasSize(2);

            proxy.restore();
            await().atMost(ChildProcess.LIMIT)
                    .ignoreException(StoreUnavailableException.class)
                    .untilAsserted(() -> assertThat(
                                    flow.find("r").orElseThrow().result().receipt())
                            .isEqualTo("paid!"));
            assertThat(EffectLog.read(log).stream().map(Effect::place))
                    .containsExactly("order", "payment", "payment", "receipt");
            assertThat(store.find("r").orElseThrow().epoch()).isEqualTo(2);
        }
    }

    private static Engine engine(RunStore store, Duration lease) {
        return Engine.builder().store(store).lease(lease).parallelism(4).build();
    }
}
