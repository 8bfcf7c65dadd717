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

    /** With a comma. */
    private static final int LENGTH_OF_TIME = 28;

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

    /** As what {@link Times#seconds} makes of it: a text takes the server a dozen times as long to read. */
    Parameters seconds(@Nullable Instant value) throws SQLException {
        statement.setObject(++last, Times.seconds(value), Types.DOUBLE);
        return this;
    }

    /** A time with which others are compared: where it is further away than any that is kept, it is further away than all of them. */
    Parameters bound(Instant value) throws SQLException {
        statement.setObject(++last, Times.bound(value), Types.TIMESTAMP_WITH_TIMEZONE);
        return this;
    }

    <R> Parameters texts(List<R> rows, Function<R, @Nullable String> column) throws SQLException {
        return array("text", column(rows, column, new @Nullable String[rows.size()]));
    }

    /** As text, which the server reads: the driver has no array of times. */
    <R> Parameters times(List<R> rows, Function<R, @Nullable Instant> column) throws SQLException {
        StringBuilder text = new StringBuilder(rows.size() * LENGTH_OF_TIME).append('{');
        for (R row : rows) {
            if (text.length() > 1) {
                text.append(',');
            }
            Instant time = column.apply(row);
            if (time == null) {
                text.append("NULL");
            } else {
                Times.append(text, time);
            }
        }
        statement.setObject(++last, text.append('}').toString(), Types.OTHER);
        return this;
    }

    /** As {@link #seconds(Instant)}. */
    <R> Parameters seconds(List<R> rows, Function<R, @Nullable Instant> column) throws SQLException {
        return array(
                "float8", column(rows, row -> Times.seconds(column.apply(row)), new @Nullable Double[rows.size()]));
    }

    <R> Parameters integers(List<R> rows, Function<R, Integer> column) throws SQLException {
        return array("int4", column(rows, column, new Integer[rows.size()]));
    }

    <R> Parameters longs(List<R> rows, Function<R, Long> column) throws SQLException {
        return array("int8", column(rows, column, new Long[rows.size()]));
    }

    <R> Parameters flags(List<R> rows, Function<R, Boolean> column) throws SQLException {
        return array("bool", column(rows, column, new Boolean[rows.size()]));
    }

    <R> Parameters byteArrays(List<R> rows, Function<R, byte @Nullable []> column) throws SQLException {
        return array("bytea", column(rows, column, new byte @Nullable [rows.size()][]));
    }

    private static <R, T extends @Nullable Object> T[] column(List<R> rows, Function<R, T> column, T[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = column.apply(rows.get(i));
        }
        return values;
    }

    private Parameters array(String type, @Nullable Object[] values) throws SQLException {
        statement.setArray(++last, statement.getConnection().createArrayOf(type, values));
        return this;
    }
}
