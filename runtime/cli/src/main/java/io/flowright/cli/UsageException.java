package io.flowright.cli;

/** A command line that says nothing that could be done. The message is for whoever wrote it. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
