package io.flowright.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sets the parameters of a statement one after the other; those of PostgreSQL's arrays from a list of rows. */
final class Parameters {

    /** Sets the parameters of a statement. */
    @FunctionalInterface
    interface Setter {
        @Nullable
        Object set(Parameters parameters) throws SQLException;
    }

    private final PreparedStatement statement;
    private int last;

    Parameters(PreparedStatement statement) {
        this.statement = statement;
    }

    Parameters text(@Nullable String value) throws SQLException {
        statement.setString(++last, value);
        return this;
    }

    Parameters number(int value) throws SQLException {
        statement.setInt(++last, value);
        return this;
    }

    Parameters number(long value) throws SQLException {
        statement.setLong(++last, value);
        return this;
    }

    Parameters flag(boolean value) throws SQLException {
        statement.setBoolean(++last, value);
        return this;
    }

    Parameters bytes(byte @Nullable [] value) throws SQLException {
        statement.setBytes(++last, value);
        return this;
    }

    Parameters time(@Nullable Instant value) throws SQLException {
        statement.setObject(++last, Times.parameter(value), Types.TIMESTAMP_WITH_TIMEZONE);
        return this;
    }

    /** A time with which others are compared: where it is further away than any that is kept, it is further away than all of them. */
    Parameters bound(Instant value) throws SQLException {
        statement.setObject(++last, Times.bound(value), Types.TIMESTAMP_WITH_TIMEZONE);
        return this;
    }

    <R> Parameters texts(List<R> rows, Function<R, @Nullable String> column) throws SQLException {
        return array("text", rows.stream().map(column).toArray(String[]::new));
    }

    /** As text, which the server reads: the driver has no array of times. */
    <R> Parameters times(List<R> rows, Function<R, @Nullable Instant> column) throws SQLException {
        return array("timestamptz", rows.stream().map(column).map(Times::text).toArray(String[]::new));
    }

    <R> Parameters integers(List<R> rows, Function<R, Integer> column) throws SQLException {
        return array("int4", rows.stream().map(column).toArray(Integer[]::new));
    }

    <R> Parameters longs(List<R> rows, Function<R, Long> column) throws SQLException {
        return array("int8", rows.stream().map(column).toArray(Long[]::new));
    }

    <R> Parameters flags(List<R> rows, Function<R, Boolean> column) throws SQLException {
        return array("bool", rows.stream().map(column).toArray(Boolean[]::new));
    }

    <R> Parameters byteArrays(List<R> rows, Function<R, byte @Nullable []> column) throws SQLException {
        return array("bytea", rows.stream().map(column).toArray(byte[][]::new));
    }

    private Parameters array(String type, @Nullable Object[] values) throws SQLException {
        statement.setArray(++last, statement.getConnection().createArrayOf(type, values));
        return this;
    }
}
