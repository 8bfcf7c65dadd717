package io.flowright.crash;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import io.flowright.annotations.Unless;
import io.flowright.annotations.When;
import io.flowright.runtime.TaskContext;
import java.util.Optional;

/** Alternatives, one of which provides the key, and a branch that is not taken. */
@Flow(durable = true)
class GuardedTasks {

    enum Verdict {
        ACCEPT,
        REFUSE
    }

    private final EffectLog effects;

    GuardedTasks(EffectLog effects) {
        this.effects = effects;
    }

    @Provides
    Verdict verdict(@Input String id, TaskContext task) {
        effects.add(task);
        return id.isEmpty() ? Verdict.REFUSE : Verdict.ACCEPT;
    }

    @Provides
    boolean urgent(@Requires Verdict verdict, TaskContext task) {
        effects.add(task);
        return false;
    }

    @Provides("answer")
    @When(value = "verdict", is = "ACCEPT")
    String accept(@Requires boolean urgent, TaskContext task) {
        effects.add(task);
        return "accepted";
    }

    @Provides("answer")
    @When(value = "verdict", is = "REFUSE")
    String refuse(@Requires boolean urgent, TaskContext task) {
        effects.add(task);
        return "refused";
    }

    @Provides
    @When("urgent")
    String courier(@Requires String answer, TaskContext task) {
        effects.add(task);
        return "by courier";
    }

    @Provides
    @Unless("urgent")
    String mail(@Requires String answer, TaskContext task) {
        effects.add(task);
        return "by mail";
    }

    @Provides
    String letter(
            @Requires String answer,
            @Requires Optional<String> courier,
            @Requires Optional<String> mail,
            TaskContext task) {
        effects.add(task);
        return answer + " " + courier.or(() -> mail).orElseThrow();
    }
}
