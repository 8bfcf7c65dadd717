package io.flowright.crash;

import io.flowright.runtime.Engine;
import io.flowright.runtime.RunStatus;

/** The flows of the tests, and how they end if nothing disturbs them. */
enum FlowKind {
    CHAIN(RunStatus.SUCCEEDED, "4200+420") {
        @Override
        Opened on(Engine engine, EffectLog effects) {
            ChainFlow flow = ChainFlow.create(new ChainTasks(effects), engine);
            return new Opened.Of<>(flow, flow::start, ChainFlow.Result::receipt);
        }
    },
    DIAMOND(RunStatus.SUCCEEDED, "paid 7") {
        @Override
        Opened on(Engine engine, EffectLog effects) {
            DiamondFlow flow = DiamondFlow.create(new DiamondTasks(effects), engine);
            return new Opened.Of<>(flow, flow::start, DiamondFlow.Result::receipt);
        }
    },
    GUARDED(RunStatus.SUCCEEDED, "accepted by mail") {
        @Override
        Opened on(Engine engine, EffectLog effects) {
            GuardedFlow flow = GuardedFlow.create(new GuardedTasks(effects), engine);
            return new Opened.Of<>(flow, flow::start, GuardedFlow.Result::letter);
        }
    },
    FAN_OUT(RunStatus.SUCCEEDED, "page0,page10,page20,page30") {
        @Override
        Opened on(Engine engine, EffectLog effects) {
            FanOutFlow flow = FanOutFlow.create(new FanOutTasks(effects), engine);
            return new Opened.Of<>(flow, flow::start, FanOutFlow.Result::book);
        }
    },
    SAGA(RunStatus.COMPENSATED, "ship: no ship") {
        @Override
        Opened on(Engine engine, EffectLog effects) {
            SagaFlow flow = SagaFlow.create(new SagaTasks(effects), engine);
            return new Opened.Of<>(flow, flow::start, SagaFlow.Result::ship);
        }
    },
    ONCE(RunStatus.SUCCEEDED, "paid!") {
        @Override
        Opened on(Engine engine, EffectLog effects) {
            OnceFlow flow = OnceFlow.create(new OnceTasks(effects), engine);
            return new Opened.Of<>(flow, flow::start, OnceFlow.Result::receipt);
        }
    };

    private final RunStatus status;
    private final String outcome;

    FlowKind(RunStatus status, String outcome) {
        this.status = status;
        this.outcome = outcome;
    }

    abstract Opened on(Engine engine, EffectLog effects);

    /** How an undisturbed run ends. */
    RunStatus status() {
        return status;
    }

    /** What an undisturbed run gives: its result, or the task that failed and why. */
    String outcome() {
        return outcome;
    }
}
