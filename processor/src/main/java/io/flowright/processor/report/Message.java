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

    IMPOSSIBLE_KEY(
            "missing-provider",
            "%1$s requires \"%2$s\", but no key and no input can have that name.%3$s",
            "Name a key or an input. What is within a value is read from the value; what a group provides has a name here if"
                    + " @Include rebinds it."),

    PROPERTY_OF_KEY(
            "missing-provider",
            "%1$s requires \"%2$s\", but only keys and inputs can be required, not properties of them.",
            "Let a task that takes \"%3$s\" provide it as a key of its own."),

    PRIVATE_KEY(
            "missing-provider",
            "%1$s requires \"%2$s\", but that is private to the group \"%3$s\".",
            "Make it a key of the flow: @Include(rebind = \"%4$s=...\")."),

    AMBIGUOUS_PROVIDER(
            "ambiguous-provider",
            "\"%1$s\" is provided by %2$s tasks: %3$s.",
            "Give all but one another name: @Provides(\"...\"), or guard them so that only one of them runs: @When."),

    OVERLAPPING_PROVIDERS(
            "overlapping-providers",
            "%2$s and %3$s provide \"%1$s\", and both run with %4$s.",
            "Guard them so that only one of them runs, or give one of the keys another name."),
    ALTERNATIVE_TYPES(
            "type-mismatch",
            "%1$s provides \"%2$s\" as %3$s, but %4$s provides it as %5$s.",
            "Alternatives of one key have the same type: change one of the two."),

    GUARD_TYPE(
            "bad-guard", "%1$s is guarded by \"%2$s\", which has the type %3$s.", "Guard it by a boolean or an enum."),
    GUARD_NULLABLE(
            "bad-guard",
            "%1$s is guarded by \"%2$s\", which may be null.",
            "Do not return null: add a constant for that case, or return an Optional."),
    GUARD_WITH_VALUES(
            "bad-guard",
            "%1$s is guarded by the boolean \"%2$s\", which has no constants.",
            "Leave out 'is'; @Unless is the guard for false."),
    GUARD_WITHOUT_VALUES(
            "bad-guard",
            "%1$s is guarded by \"%2$s\", but names none of the constants of %3$s.",
            "Name those that are meant: @When(value = \"%2$s\", is = \"...\")."),
    GUARD_CONSTANT_EMPTY(
            "bad-guard",
            "A guard of %1$s names a constant of %2$s by an empty text.",
            "Name one of its constants: %3$s."),
    GUARD_CONSTANT("bad-guard", "%1$s has no constant %2$s.%3$s", "Name one of its constants."),
    GUARD_CONSTANT_TWICE("bad-guard", "A guard of %1$s names %2$s twice.", "Remove one of the two."),
    NEVER_RUNS(
            "never-runs",
            "%1$s%2$s never runs: what it needs and its guards cannot all be given in one run.",
            "Change its guards, or take what may be absent as an Optional."),
    UNCOVERED_CASE(
            "uncovered-case",
            "No task provides \"%1$s\" when \"%2$s\" is %3$s.",
            "Add an alternative for it, or name it in the guard of another."),

    DUPLICATE_TASK(
            "duplicate-task",
            "%1$s has the same task name as %3$s: \"%2$s\".",
            "Name one of them: @Task(name = \"...\")."),

    DUPLICATE_TASK_AND_KEY(
            "duplicate-task",
            "%1$s has the same name as %3$s, so that their tasks and their keys are both named \"%2$s\".",
            "Rename one of the methods, or name its task and its key: @Task(name = \"...\") @Provides(\"...\")."),
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
    ELEMENT_RESULT_MISMATCH(
            "type-mismatch",
            "%1$s takes \"%2$s\" as %3$s, but it undoes one element at a time, for which %4$s gives %5$s.",
            "Take what the task gives for one element."),
    NO_VALUE(
            "type-mismatch",
            "%1$s requires \"%2$s\" as %3$s, but %4$s returns nothing: the key only says that it has run.",
            "Return a value there, or write @Requires(\"%2$s\") on the method to run after it."),
    NO_COLLECTION(
            "type-mismatch",
            "The parameter \"%2$s\" of %1$s takes several keys, but its type is %3$s.",
            "Make it a List<T> or a Map<String, T> of the keys' type, or take one key."),

    ELEMENT_MISMATCH(
            "type-mismatch",
            "%1$s takes each element of \"%2$s\" as %3$s, but the elements are of the type %4$s.",
            "Change one of the two types, or convert the elements in a task between them."),

    NULLNESS(
            "nullness",
            "%1$s provides \"%2$s\" as @Nullable, but %3$s takes it as a value that is never null.",
            "Mark the parameter as @Nullable and handle null, or do not return null."),
    NULLABLE_INPUT(
            "nullness",
            "The input \"%1$s\" is @Nullable, but %2$s takes it as a value that is never null.",
            "Mark the parameter as @Nullable and handle null, or the input as not null."),

    NULLABLE_ELEMENTS(
            "nullness",
            "\"%1$s\" is @Nullable, but %2$s runs for each of its elements.",
            "Let it be empty instead of null, and remove @Nullable."),

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
    INJECTED_PARAMETER(
            "input-conflict",
            "The parameter \"%2$s\" of %1$s bears @%4$s, but it is a %3$s, which the engine passes.",
            "Remove the annotation."),
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
    LOST_STAGE_VALUE(
            "lost-value",
            "%1$s returns %3$s, but no key holds the %2$s that it completes with.",
            "Write @Provides to name the value, or return a stage of Void."),

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
    BAD_GROUP_NAME(
            "bad-name",
            "\"%s\" cannot be the name of a group: its results are read through a method of that name.",
            "Use a Java identifier that is no keyword and no method of Object."),
    SAME_GROUP_NAME("bad-name", "Two groups of %1$s are named \"%2$s\".", "Rename one of them: as = \"...\"."),
    GROUP_IS_KEY(
            "bad-name",
            "The group \"%1$s\" has the name of a key that %2$s provides: the result cannot have two methods of that name.",
            "Rename one of them."),
    NO_NAME("bad-name", "@Requires on the method %s names no key.", "Name the keys that the task runs after."),

    EMPTY_NAME(
            "bad-name",
            "%1$s requires a key whose name is empty.",
            "Name the key; on a parameter, @Requires without a name means the parameter's own."),
    SEVERAL_NAMES_IN_ONE(
            "bad-name", "\"%1$s\" is one text, so it is taken for one name.", "Write a text for each name: {%2$s}."),

    UNKNOWN_COMPENSATED(
            "bad-compensation",
            "%1$s compensates \"%2$s\", which is no task of the flow.%3$s",
            "Name a task, not a key: @Compensates(\"...\")."),
    COMPENSATED_TWICE(
            "bad-compensation",
            "%1$s compensates the task \"%2$s\", but so does %3$s.",
            "Remove one of the two, or let one method undo all of it."),
    COMPENSATION_ELEMENT(
            "bad-compensation",
            "%1$s takes an element of \"%2$s\", but the task \"%3$s\", which it undoes, does not run for each of those.",
            "Take what the task takes, or name the same elements as the task does."),
    COMPENSATION_COLLECTS_ELEMENT(
            "bad-compensation",
            "%1$s takes \"%2$s\" among other keys, but it undoes the task \"%3$s\" for one element at a time.",
            "Take what the task gave for the element as a parameter of its own."),
    COMPENSATION_SETTING(
            "bad-compensation",
            "%1$s is a compensation, whose @ForEach cannot have '%2$s': it undoes each element for which its task has done"
                    + " something, and one that fails does not stop the others.",
            "Remove it."),
    COMPENSATION_NAME(
            "bad-compensation",
            "The name of %1$s is \"%2$s\", as that of the task %3$s.",
            "Name the task differently: @Task(name = \"...\")."),
    COMPENSATION_LIKE_TASK(
            "bad-compensation",
            "%1$s is a compensation, which cannot have @%2$s: it provides nothing, and runs when its task is to be undone.",
            "Remove the annotation, or make the method a task of its own."),
    IDEMPOTENT_COMPENSATION(
            "bad-compensation",
            "%1$s is a compensation, which cannot have @%2$s: a remembered result would leave what the next run did as it is.",
            "Take a TaskContext and pass on its idempotencyKey(), which is equal over attempts of one run."),
    COMPENSATION_RETURNS(
            "bad-compensation",
            "%1$s is a compensation, but it returns %2$s, which nobody would see.",
            "Return void or CompletionStage<Void>."),
    COMPENSATION_KEY(
            "bad-compensation",
            "%1$s takes \"%2$s\" to undo the task \"%3$s\", but that task does not run after %4$s, which provides it.",
            "Take keys that are there whenever the task has succeeded: its own, and those that it waits for."),
    COMPENSATION_ABSENT(
            "bad-compensation",
            "%1$s takes \"%2$s\" to undo the task \"%3$s\", but the key may be absent then.",
            "Take an Optional."),
    COMPENSATION_UNKNOWN_OUTCOME(
            "bad-compensation",
            "%1$s takes \"%2$s\", which the task \"%3$s\" may not have provided: with when = STARTED it is undone after a failure"
                    + " too.",
            "Take an Optional, or undo only what succeeded."),
    NOTHING_TO_COMPENSATE(
            "bad-compensation",
            "%s is to be compensated on failure, but has no compensation.",
            "Add a method with @Compensates, or remove onFailure."),
    FAILURE_OF_TASK(
            "bad-compensation",
            "%s is a task, and takes a FlowFailure: there is none before a compensation runs.",
            "Take it in a method with @Compensates."),
    OVERRIDE_WITHOUT_COMPENSATES(
            "bad-compensation",
            "%1$s overrides the compensation %2$s, but does not say whether it is one itself.",
            "Repeat @Compensates and the policies on it."),

    NO_RECORD(
            "bad-provides",
            "%1$s provides several keys, so it must return a record; it returns %2$s.",
            "Return a record with a component for each key, or provide one key."),
    NULLABLE_RECORD(
            "bad-provides",
            "%1$s provides several keys, so it cannot return null.",
            "Remove @Nullable; the components may be @Nullable."),
    NO_COMPONENT("bad-provides", "The record %1$s has no component \"%2$s\".", "Provide one of its components: %3$s."),

    BAD_REBIND(
            "bad-rebind",
            "The group \"%1$s\" cannot be rebound by \"%2$s\".",
            "Write \"inside=outside\": what its class calls the key, then what it is called here."),
    REBOUND_TO_NO_NAME(
            "bad-rebind",
            "The group \"%1$s\" rebinds \"%2$s\" to \"%3$s\", which cannot be the name of a key.",
            "Use a Java identifier that is no keyword and no method of Object."),
    REBOUND_TWICE("bad-rebind", "The group \"%1$s\" rebinds \"%2$s\" twice.", "Remove one of the two."),
    REBOUND_UNKNOWN(
            "bad-rebind",
            "The group \"%1$s\" rebinds \"%2$s\", which %3$s neither takes nor provides.%4$s",
            "Only keys and inputs can be rebound. Name one of the class, or remove the rebinding."),

    BAD_DURATION(
            "bad-duration",
            "\"%3$s\" is no duration: it cannot be '%1$s' of @%2$s.%4$s",
            "Write \"250ms\", \"30s\", \"5m\", \"2h\", \"7d\" or ISO-8601 as \"PT1M30S\"."),

    BELOW_ONE("bad-policy", "%1$s of %2$s must be at least 1; it is %3$s.", "Write 1 or more, or remove %2$s."),
    NO_TIME("bad-policy", "%1$s of %2$s must be longer than 0.", "Write a longer duration, as \"1s\", or remove %2$s."),
    BAD_BACKOFF(
            "bad-policy",
            "backoff of @Retry must be at least 1; it is %s.",
            "Each delay is the one before times the backoff: 1 keeps it, 2 doubles it."),
    BAD_JITTER(
            "bad-policy",
            "jitter of @Retry must be between 0 and 1; it is %s.",
            "It is a share of the delay: with 0.1 a delay is up to a tenth shorter or longer."),
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
            "None of the methods \"%1$s\" can stand in for %2$s.",
            "It must not be private or generic, must return %3$s, and take the task's parameters or fewer, in their order,"
                    + " then optionally the exception."),
    HIDDEN_FALLBACK(
            "bad-fallback",
            "%1$s cannot stand in for %2$s: the generated class cannot call it.",
            "Remove 'private', or make it public if its class is in another package than the flow class."),
    GENERIC_FALLBACK(
            "bad-fallback",
            "%1$s cannot stand in for %2$s: it has type parameters or a variable number of arguments.",
            "Use concrete types, and an array for a variable number."),
    FALLBACK_RESULT("bad-fallback", "%1$s cannot stand in for %2$s: it returns %4$s instead of %3$s.", "Return %3$s."),
    FALLBACK_PARAMETER(
            "bad-fallback",
            "%1$s cannot stand in for %2$s: nothing that the task takes fits its parameter \"%5$s\" of the type %6$s.",
            "Take the task's parameters or fewer, in their order, then optionally the exception."),
    UNCLEAR_FALLBACK_PARAMETER(
            "bad-fallback",
            "%1$s cannot stand in for %2$s: its parameter \"%5$s\" could be any of several that the task takes.",
            "Give it the name of the one that you mean."),
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
    TEMPLATE_COLLECTION(
            "bad-key-template",
            "The key \"%1$s\" uses {%2$s}, but \"%3$s\" is a %4$s of several keys, which has no component.",
            "Take the key that tells one call from another as a parameter of its own, and use its name."),
    TEMPLATE_COLLECTED(
            "bad-key-template",
            "The key \"%1$s\" uses {%2$s}, but the task receives \"%3$s\" in a %4$s of several keys.",
            "Take it as a parameter of its own."),
    TEMPLATE_PROPERTY(
            "bad-key-template",
            "The key \"%1$s\" uses a property that %2$s does not have: \"%3$s\".%4$s",
            "Use a record component, a getter or another accessible method without parameters."),
    TEMPLATE_TYPE(
            "bad-key-template",
            "The key \"%1$s\" uses {%2$s}, whose type is %3$s.",
            "End in a primitive or its box, String, an enum, UUID, BigDecimal, BigInteger or a java.time value."),

    NO_ELEMENTS(
            "bad-foreach",
            "%1$s runs for each element of \"%2$s\", but its type is %3$s, which is no Iterable, array or Map.",
            "Name a key or an input that has elements."),
    RAW_ELEMENTS(
            "bad-foreach",
            "%1$s runs for each element of \"%2$s\", but the raw type %3$s does not say of which type they are.",
            "Declare it with its type arguments."),
    SEVERAL_FOR_EACH(
            "bad-foreach",
            "%s has several parameters with @ForEach.",
            "Leave one of them; a task before it may make the combinations that are meant."),
    FOR_EACH_AND_KEY(
            "bad-foreach",
            "The parameter \"%2$s\" of %1$s is both @ForEach and @%3$s.",
            "Keep @ForEach to take one element at a time, @%3$s to take all of them at once."),
    FOR_EACH_COMPONENTS(
            "bad-foreach",
            "%s provides several keys, but runs for each element, so that each would be a list torn from the others.",
            "Provide one key, the list of the records."),
    COLLECT_NOTHING(
            "bad-foreach",
            "%s collects failures, but provides no list that could hold them.",
            "Return a value and name it with @Provides, or leave out COLLECT."),
    COLLECT_WITH_QUORUM(
            "bad-foreach",
            "%s collects failures and has a quorum; the one waits for every element, the other does not.",
            "Leave out one of the two."),
    BAD_FOR_EACH("bad-foreach", "%1$s of @ForEach must be at least 0; it is %2$s.", ""),

    PURE_AND_ONCE(
            "bad-recording",
            "%s is pure and once: what is pure runs again wherever a recorded run is continued, what is once must not.",
            "Keep pure for what only computes a value, once for what must not happen twice."),
    PURE_IDEMPOTENT(
            "bad-recording",
            "%s is pure and idempotent: the one is computed again, the other remembered.",
            "Remove @Idempotent, or leave out pure if it has an effect."),
    PURE_COMPENSATED(
            "bad-recording",
            "%1$s compensates the task \"%2$s\", but that is pure: it has no effect to undo, and no record that it ran.",
            "Remove the compensation, or leave out pure there."),
    HASH_NOT_PURE(
            "bad-recording",
            "%s has only the hash of its value recorded, but is not pure: nobody could compute the value again.",
            "Say pure = true in @Task, or leave out record = HASH."),
    HASH_OF_ELEMENTS(
            "bad-recording",
            "%s has only the hash of its value recorded, but runs for each element.",
            "Leave out record = HASH: of a pure task nothing is recorded then."),
    ONCE_RETRIED(
            "bad-recording",
            "%s is once, and retried: a failed attempt may have had its effect already.",
            "Leave out once if it may be attempted again; else remove @Retry, or let it say maxAttempts = 1."),

    NOT_SERIALIZABLE(
            "not-serializable",
            "%1$s provides \"%2$s\", which cannot be recorded: %3$s %4$s%5$s.",
            "Provide data: records, enums, sealed types, collections, classes whose instances can be made again. What is quickly"
                    + " computed again need not be recorded: @Task(pure = true)."),
    INPUT_NOT_SERIALIZABLE(
            "not-serializable",
            "%1$s declares the input \"%2$s\", which cannot be recorded: %3$s %4$s%5$s.",
            "Take data: records, enums, sealed types, collections, classes whose instances can be made again. What belongs to the"
                    + " process goes to the constructor of the task class."),

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

    OPTIONAL_INPUT(
            "optional-input",
            "The input \"%1$s\" is an %2$s; an Optional is a key that may be absent, and an input is always there.",
            "Make it a @Nullable value."),

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
    NEEDLESS_OPTIONAL(
            Severity.WARNING,
            "needless-optional",
            "%1$s takes \"%2$s\" as an Optional, but it is there whenever the task runs.",
            "Take the value itself."),
    RETRY_WITHOUT_IDEMPOTENCY(
            Severity.WARNING,
            "retry-without-idempotency",
            "%1$s is retried, so that its effect may happen more than once.",
            "Add @Idempotent, or take a TaskContext and pass on its idempotencyKey(). If it is safe to repeat:"
                    + " @SuppressWarnings(\"flowright:retry-without-idempotency\")."),
    RETRIED_COMPENSATION(
            Severity.WARNING,
            "retry-without-idempotency",
            "%1$s is retried, so that it may undo the same thing more than once.",
            "Take a TaskContext and pass on its idempotencyKey(). If it is safe to repeat:"
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
