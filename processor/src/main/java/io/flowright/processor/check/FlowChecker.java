package io.flowright.processor.check;

import io.flowright.processor.model.CheckedFlow;
import io.flowright.processor.model.Compilation;
import io.flowright.processor.model.FlowModel;
import io.flowright.processor.model.TaskModel;
import io.flowright.processor.report.Problems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks a flow against all rules. */
public final class FlowChecker {

    private final List<Rule> rules;

    /**
     * Checks in one round of one compilation.
     *
     * @param owners the flow class behind each class that is generated in this compilation; added to
     * @param exhaustive whether alternatives must cover all values of the enums that guard them
     */
    public FlowChecker(Compilation compilation, Map<String, String> owners, boolean exhaustive) {
        rules = List.of(
                new FlowClassShape(compilation),
                new GeneratedClassName(compilation, owners),
                new Names(),
                new ConstantClash(),
                new GroupAccessors(),
                new EmptyFlow(),
                new TaskMethodShape(compilation),
                new LostValue(),
                new OptionalInputs(),
                new AccessibleTypes(compilation),
                new UniqueTaskNames(),
                new UniqueKeyNames(),
                new Alternatives(compilation),
                new Guards(),
                new ExhaustiveGuards(exhaustive),
                new Compensations(),
                new InputAgreement(compilation),
                new Cycles(),
                new MissingProviders(),
                new TypeAgreement(compilation),
                new NullAgreement(compilation),
                new FanOuts(),
                new PolicyValues(),
                new ThrownExceptions(compilation),
                new SharedPolicies(),
                new Recordings(),
                new RecordableTypes(compilation),
                new UnusedKeys(),
                new UnusedInputs(),
                new NeedlessOptional(),
                new RetryWithoutIdempotency(),
                new ForeignAnnotations());
    }

    /**
     * What became of a flow.
     *
     * @param checked null if it has an error
     * @param optionalKeys the keys that may be absent; empty where that could not be found out
     */
    public record Outcome(@Nullable CheckedFlow checked, Set<String> optionalKeys) {}

    /** Runs all rules; what they find is added to {@code problems}, which may hold errors from before. */
    public Outcome check(FlowModel flow, Problems problems) {
        Wiring wiring = new Wiring(flow);
        rules.forEach(rule -> rule.check(wiring, problems));
        Presence presence = wiring.presence();
        if (presence == null) {
            return new Outcome(null, Set.of());
        }
        Set<String> optionalKeys = new LinkedHashSet<>();
        for (String key : wiring.provisions().keySet()) {
            if (!presence.isAlwaysPresent(key)) {
                optionalKeys.add(key);
            }
        }
        if (problems.anyError()) {
            return new Outcome(null, optionalKeys);
        }
        Set<String> conditional = new HashSet<>();
        List<TaskModel> order = new ArrayList<>();
        for (int task : wiring.order()) {
            TaskModel model = wiring.task(task);
            order.add(model);
            // Guards for all known constants are evaluated too: there may be others at run time.
            if (presence.runs(task) != Decisions.ALWAYS
                    || !model.control().guards().isEmpty()) {
                conditional.add(model.name());
            }
        }
        return new Outcome(new CheckedFlow(flow, List.copyOf(order), optionalKeys, conditional), optionalKeys);
    }
}
