package io.flowright.processor.report;

/**
 * Every text that the processor prints. Several texts may share an id; each id has a paragraph in {@code docs/errors.md}.
 *
 * <p>A text says what is wrong in the user's own names, then every other place involved; the remedy is the way out.
 */
public enum Message {
    CYCLE("cycle", "These tasks wait for each other: %s.", "Let one of them do without a key of this circle."),

    MISSING_PROVIDER(
            "missing-provider",
            "%1$s requires \"%2$s\", but no task provides it and no input has that name.%3$s",
            "Let a task provide it with @Provides(\"%2$s\"), or declare it as an input of the flow with @Input."),

    AMBIGUOUS_PROVIDER(
            "ambiguous-provider",
            "\"%1$s\" is provided by %2$s tasks: %3$s.",
            "Give all but one another name: @Provides(\"...\")."),

    DUPLICATE_TASK(
            "duplicate-task",
            "%1$s has the same task name as %3$s: \"%2$s\".",
            "Name one of them: @Task(name = \"...\")."),

    DUPLICATE_KEY("duplicate-key", "%1$s names \"%2$s\" twice.", "Remove one of the two."),
    KEY_IS_INPUT(
            "duplicate-key",
            "%1$s provides \"%2$s\", but the flow has an input of that name, declared by %3$s.",
            "Rename the key, or require it with @Requires where it is declared as an input."),

    TYPE_MISMATCH(
            "type-mismatch",
            "%1$s requires \"%2$s\" as %3$s, but %4$s provides it as %5$s.",
            "Change one of the two types, or convert the value in a task between them."),
    INPUT_MISMATCH(
            "type-mismatch",
            "%1$s requires \"%2$s\" as %3$s, but it is an input of the type %4$s.",
            "Change one of the two types, or convert the value in a task between them."),
    NO_VALUE(
            "type-mismatch",
            "%1$s requires \"%2$s\" as %3$s, but %4$s returns nothing: the key only says that it has run.",
            "Return a value there, or write @Requires(\"%2$s\") on the method to run after it."),
    NO_COLLECTION(
            "type-mismatch",
            "The parameter \"%2$s\" of %1$s takes several keys, but it is a %3$s.",
            "Make it a List<T> or a Map<String, T> of the keys' type, or take one key."),

    NULLNESS(
            "nullness",
            "%1$s provides \"%2$s\" as @Nullable, but %3$s takes it as a value that is never null.",
            "Mark the parameter as @Nullable and handle null, or do not return null."),
    NULLABLE_INPUT(
            "nullness",
            "The input \"%1$s\" is @Nullable, but %2$s takes it as a value that is never null.",
            "Mark the parameter as @Nullable and handle null, or the input as not null."),

    INPUT_CONFLICT(
            "input-conflict",
            "%1$s declares the input \"%2$s\" as %3$s, but %4$s declares it as %5$s.",
            "Declare it with one type, or name one of them differently: @Input(\"...\")."),
    NOT_A_COMPONENT(
            "input-conflict",
            "%1$s declares the input \"%2$s\", which is no component of %3$s.%4$s",
            "The inputs of this flow are the components of its input record: add it there."),
    INPUT_AND_KEY(
            "input-conflict",
            "The parameter \"%2$s\" of %1$s is both @Input and @Requires.",
            "Keep @Input for what the caller of the flow passes, @Requires for what a task provides."),
    NO_INPUT_RECORD(
            "input-conflict",
            "The input of a flow must be a record without type parameters; %s is none.",
            "Make it a record whose components are the inputs, or declare them with @Input on parameters."),

    UNANNOTATED_PARAMETER(
            "unannotated-parameter",
            "The parameter \"%2$s\" of %1$s says neither @Requires nor @Input.",
            "Write @Requires if a task provides the value, @Input if the caller of the flow passes it."),
    FOREIGN_PARAMETER(
            "unannotated-parameter",
            "The parameter \"%2$s\" of %1$s is annotated with @%3$s, which is not Flowright's.",
            "Import io.flowright.annotations.Requires or io.flowright.annotations.Input instead."),

    LOST_VALUE(
            "lost-value",
            "%1$s returns %2$s, but no key holds it.",
            "Write @Provides to name the value, or return void."),

    PRIVATE_TASK("bad-task-method", "%s is private; the generated class cannot call it.", "Remove 'private'."),
    HIDDEN_TASK(
            "bad-task-method",
            "%s cannot be called from the package of the flow class.",
            "Make the method and its class public, or move the flow class into their package."),
    ABSTRACT_TASK("bad-task-method", "%s is abstract; a task needs a body.", "Implement it in the task class."),
    GENERIC_TASK(
            "bad-task-method",
            "%s has type parameters; nobody could say what they stand for.",
            "Use concrete types in the signature."),
    VARARGS_TASK(
            "bad-task-method",
            "%s has a variable number of arguments.",
            "Take an array, or collect several keys: @Requires({\"a\", \"b\"}) List<T>."),
    OVERRIDE_WITHOUT_TASK(
            "bad-task-method",
            "%1$s overrides the task %2$s, but does not say whether it is a task itself.",
            "Repeat @Task, @Provides and the policies on it."),
    MISSING_TASK(
            "bad-task-method",
            "%1$s bears @%2$s, but it is no task, so nothing would happen with it.",
            "Add @Task or @Provides, or remove the annotation."),

    NO_FLOW_CLASS("bad-flow-class", "%1$s is no class, but %2$s.", "Move the tasks into a class."),
    INNER_FLOW_CLASS(
            "bad-flow-class",
            "%s is an inner class; the tasks of a flow stand in a top-level or static nested class.",
            "Make it static, or move it to the top level."),
    GENERIC_FLOW_CLASS(
            "bad-flow-class",
            "%s has type parameters.",
            "Use concrete types; a generic superclass may have the tasks."),
    HIDDEN_FLOW_CLASS(
            "bad-flow-class",
            "%s is not accessible in the package of the generated class.",
            "Remove 'private', or make it public if it is in another package."),
    INCLUDE_NO_CLASS("bad-flow-class", "%s cannot be included; it is no class.", "Include classes with task methods."),
    INCLUDED_TWICE("bad-flow-class", "%1$s includes %2$s twice.", "Remove one of the two."),

    INACCESSIBLE_TYPE(
            "inaccessible-type",
            "%1$s uses the type %2$s, which is not accessible in the package of the generated class.",
            "Make the type public, or not private if it is in the same package."),

    GENERATED_NAME_CLASH(
            "generated-name-clash",
            "The class %1$s cannot be generated: your sources declare it already.",
            "Rename one of the two classes."),
    SAME_GENERATED_NAME(
            "generated-name-clash",
            "The class %1$s is generated for %2$s already, so that %3$s cannot have it.",
            "Rename one of the two flow classes."),

    INCLUDE_CYCLE("include-cycle", "%s.", "Remove one of the includes."),

    EMPTY_FLOW("empty-flow", "%s has no task.", "Annotate at least one method with @Task or @Provides."),

    KEY_NOT_IDENTIFIER(
            "bad-name",
            "\"%s\" cannot be the name of a key: it is no Java identifier.",
            "Its value is read with a method of that name; use a name that a method can have."),
    KEY_IS_KEYWORD(
            "bad-name",
            "\"%s\" cannot be the name of a key: it is a keyword of Java.",
            "Its value is read with a method of that name; use a name that a method can have."),
    KEY_IS_OBJECT_METHOD(
            "bad-name",
            "\"%s\" cannot be the name of a key: every object has a method of that name.",
            "Its value is read with a method of that name; choose another."),
    BAD_TASK_NAME(
            "bad-name",
            "\"%1$s\" cannot be the name of a task: it must start with a letter, and hold letters, digits, '_', single dots"
                    + " and dashes only.",
            "Name the task differently: @Task(name = \"...\")."),
    BAD_FLOW_NAME(
            "bad-name",
            "\"%1$s\" cannot be the name of a flow: it must start with a letter, and hold letters, digits, '_', single dots"
                    + " and dashes only.",
            "Name the flow differently: @Flow(name = \"...\")."),
    CONSTANT_CLASH(
            "bad-name",
            "\"%1$s\" and \"%2$s\" are too similar: both would become the constant %3$s.",
            "Rename one of them."),
    NO_NAME("bad-name", "@Requires on the method %s names no key.", "Name the keys that the task runs after."),

    NO_RECORD(
            "bad-provides",
            "%1$s provides several keys, so it must return a record; it returns %2$s.",
            "Return a record with a component for each key, or provide one key."),
    NULLABLE_RECORD(
            "bad-provides",
            "%1$s provides several keys, so it cannot return null.",
            "Remove @Nullable; the components may be @Nullable."),
    NO_COMPONENT("bad-provides", "The record %1$s has no component \"%2$s\".", "Provide one of its components: %3$s."),

    BAD_DURATION(
            "bad-duration",
            "\"%3$s\" is no duration: it cannot be '%1$s' of @%2$s.",
            "Write \"250ms\", \"30s\", \"5m\", \"2h\", \"7d\" or ISO-8601 as \"PT1M30S\"."),

    BAD_POLICY("bad-policy", "%1$s of %2$s must be %3$s; it is %4$s.", ""),
    DELAY_NOT_BELOW(
            "bad-policy",
            "The delay of @Retry must be shorter than its %1$s; it is %2$s, the other %3$s.",
            "Shorten the delay, or lengthen the other."),
    BACKOFF_WITHOUT_DELAY(
            "bad-policy",
            "A backoff of %s multiplies the delay, but there is none.",
            "Set a delay: delay = \"200ms\"."),
    MORE_FAILURES_THAN_CALLS(
            "bad-policy",
            "%1$s failures cannot happen among %2$s attempts.",
            "Let 'of' be at least as large as 'failures', or leave it out."),

    UNTHROWN_EXCEPTION(
            "unthrown-exception",
            "%1$s cannot throw %2$s, so the policy would never see it.",
            "Add it to the throws clause if the method can throw it, or name what it does throw."),

    NO_FALLBACK("bad-fallback", "%1$s has no method \"%2$s\".%3$s", "Name a method of the task's class."),
    BAD_FALLBACK(
            "bad-fallback",
            "No method \"%1$s\" can stand in for %2$s.",
            "It must not be private or generic, must return %3$s, and take the task's parameters or fewer, in their order,"
                    + " then optionally an Exception."),
    AMBIGUOUS_FALLBACK(
            "bad-fallback",
            "Several methods \"%1$s\" could stand in for %2$s.",
            "Give the one that you mean a name of its own."),

    TEMPLATE_NOT_CLOSED(
            "bad-key-template", "A '{' of the key \"%s\" is not closed.", "Write {name} or {name.property}."),
    TEMPLATE_CLOSED_TWICE(
            "bad-key-template", "A '}' of the key \"%s\" closes nothing.", "Write {name} or {name.property}."),
    TEMPLATE_WITHOUT_NAMES(
            "bad-key-template",
            "A placeholder of the key \"%s\" is not made of names and dots.",
            "Write {name} or {name.property}."),
    TEMPLATE_CONSTANT(
            "bad-key-template",
            "The key \"%s\" has no placeholder, so all runs of the flow would share one result.",
            "Write what tells one call from another: {name} or {name.property}."),
    TEMPLATE_VALUE(
            "bad-key-template",
            "The key \"%1$s\" uses \"%2$s\", which the task does not receive.%3$s",
            "Use the name of a key or an input that a parameter of the task takes."),
    TEMPLATE_PROPERTY(
            "bad-key-template",
            "The key \"%1$s\" uses a property that %2$s does not have: \"%3$s\".%4$s",
            "Use a record component, a getter or another accessible method without parameters."),
    TEMPLATE_TYPE(
            "bad-key-template",
            "The key \"%1$s\" uses {%2$s}, which is a %3$s.",
            "End in a primitive or its box, String, an enum, UUID, BigDecimal, BigInteger or a java.time value."),

    SHARED_POLICY_CONFLICT(
            "shared-policy-conflict",
            "%1$s and %2$s share the %3$s \"%4$s\", but with different settings.",
            "Use the same settings, or another name."),

    UNKNOWN_PARAMETER_NAME(
            "unknown-parameter-name",
            "The class file of %1$s does not tell the name of parameter %2$s.",
            "Compile it with -g or -parameters, or name the key: @Requires(\"...\")."),

    UNRESOLVED_TYPE(
            "unresolved-type",
            "\"%s\" is not known to the compiler, nor did an annotation processor generate it.",
            "Import it, or add what is missing to the class path or the annotation processors."),

    UNRESOLVED_VALUE(
            "unresolved-type",
            "A class or constant in this annotation is not known to the compiler, nor did an annotation processor generate it.",
            "Import it, or add what is missing to the class path or the annotation processors."),

    RESERVED_OPTIONAL(
            "reserved-optional",
            "%s is reserved: an Optional will mean a key that may be absent.",
            "Use a @Nullable value until then."),

    UNUSED_KEY(
            Severity.WARNING,
            "unused-key",
            "%1$s provides \"%2$s\" with keep = false, but no task takes it.",
            "Remove keep = false to get an accessor, or remove the key."),
    UNUSED_INPUT(
            Severity.WARNING,
            "unused-input",
            "No task takes the input \"%1$s\" of %2$s.",
            "Take it with @Requires, or remove the component."),
    RETRY_WITHOUT_IDEMPOTENCY(
            Severity.WARNING,
            "retry-without-idempotency",
            "%1$s is retried, so that its effect may happen more than once.",
            "Add @Idempotent, or take a TaskContext and pass on its idempotencyKey(). If it is safe to repeat:"
                    + " @SuppressWarnings(\"flowright:retry-without-idempotency\")."),
    FOREIGN_ANNOTATION(
            Severity.WARNING,
            "foreign-annotation",
            "%1$s is annotated with @%2$s, which is not Flowright's, so that nothing happens.",
            "Import io.flowright.annotations.%3$s if that was meant."),

    INTERNAL_ERROR(
            "internal-error",
            "Flowright failed on %1$s: %2$s",
            "This is a mistake in Flowright, not in your code. Please report it with this text:%3$s");

    private enum Severity {
        ERROR,
        WARNING
    }

    private final Severity severity;
    private final String id;
    private final String text;
    private final String remedy;

    Message(String id, String text, String remedy) {
        this(Severity.ERROR, id, text, remedy);
    }

    Message(Severity severity, String id, String text, String remedy) {
        this.severity = severity;
        this.id = id;
        this.text = text;
        this.remedy = remedy;
    }

    /** The stable id, as printed and documented. */
    public String id() {
        return id;
    }

    /** Whether the flow can run nevertheless. */
    public boolean isWarning() {
        return severity == Severity.WARNING;
    }

    String text() {
        return text;
    }

    String remedy() {
        return remedy;
    }
}
