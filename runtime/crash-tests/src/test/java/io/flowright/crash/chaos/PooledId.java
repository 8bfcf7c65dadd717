package io.flowright.crash.chaos;

/** A run of an account: what comes after the last dash of its id is the account. */
record PooledId(String run) {

    String account() {
        return run.substring(run.lastIndexOf('-') + 1);
    }
}
