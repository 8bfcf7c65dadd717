package io.flowright.processor.check;

import io.flowright.processor.model.CheckedFlow;
import io.flowright.processor.model.Compilation;
import io.flowright.processor.model.FlowModel;
import io.flowright.processor.report.Problems;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks a flow against all rules. */
public final class FlowChecker {

    private final List<Rule> rules;

    /**
     * Checks in one round of one compilation.
     *
     * @param owners the flow class behind each class that is generated in this compilation; added to
     */
    public FlowChecker(Compilation compilation, Map<String, String> owners) {
        rules = List.of(
                new FlowClassShape(compilation),
                new GeneratedClassName(compilation, owners),
                new Names(),
                new ConstantClash(),
                new EmptyFlow(),
                new TaskMethodShape(compilation),
                new LostValue(),
                new ReservedOptional(),
                new AccessibleTypes(compilation),
                new UniqueTaskNames(),
                new UniqueKeyNames(),
                new UniqueProviders(),
                new InputAgreement(compilation),
                new Cycles(),
                new MissingProviders(),
                new TypeAgreement(compilation),
                new NullAgreement(compilation),
                new PolicyValues(),
                new ThrownExceptions(compilation),
                new SharedPolicies(),
                new UnusedKeys(),
                new UnusedInputs(),
                new RetryWithoutIdempotency(),
                new ForeignAnnotations());
    }

    /**
     * Runs all rules; what they find is added to {@code problems}.
     *
     * @return null if {@code problems} holds an error, from a rule or from before
     */
    public @Nullable CheckedFlow check(FlowModel flow, Problems problems) {
        Wiring wiring = new Wiring(flow);
        rules.forEach(rule -> rule.check(wiring, problems));
        return problems.anyError() ? null : new CheckedFlow(flow, ExecutionOrder.of(wiring));
    }
}
