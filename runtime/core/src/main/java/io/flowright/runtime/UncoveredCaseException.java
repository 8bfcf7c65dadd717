package io.flowright.runtime;

/**
 * A guard met an enum constant that the compiler did not know when it proved the flow: the enum was changed, and the flow has to
 * be compiled again.
 *
 * @since 0.1
 */
public class UncoveredCaseException extends FlowException {

    private final String key;
    private final String constant;

    /** For generated code. */
    public UncoveredCaseException(String key, Enum<?> constant) {
        super("\"" + key + "\" is " + constant.name() + ", a constant of "
                + constant.getDeclaringClass().getName()
                + " that was not there when the flow was compiled; compile the flow again");
        this.key = key;
        this.constant = constant.name();
    }

    /** The name of the key that guards. */
    public String key() {
        return key;
    }

    /** The constant. */
    public String constant() {
        return constant;
    }
}
