package graph;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import io.flowright.annotations.Retry;

/** Primitives of all kinds stay primitive, directly and through the engine; they widen, are boxed and unboxed. */
@SuppressWarnings("flowright:retry-without-idempotency")
@Flow
public class PrimitiveTasks {

    @Provides
    boolean aBoolean(@Input boolean yes) {
        return yes;
    }

    @Provides
    byte aByte(@Input byte small) {
        return small;
    }

    @Provides
    short aShort(@Requires byte aByte) {
        return aByte;
    }

    @Provides
    char aChar(@Input char letter) {
        return letter;
    }

    @Provides
    int anInt(@Requires short aShort, @Requires char aChar) {
        return aShort + aChar;
    }

    @Provides
    @Retry
    long aLong(@Requires int anInt) {
        return anInt;
    }

    @Provides
    @Retry
    float aFloat(@Requires long aLong) {
        return aLong;
    }

    @Provides
    double aDouble(@Requires float aFloat) {
        return aFloat;
    }

    @Provides
    int[] array(@Requires Integer anInt) {
        return new int[] {anInt};
    }

    @Provides
    @Retry
    Character boxed(@Requires Character aChar, @Requires int[] array) {
        return aChar;
    }

    @Provides
    String sum(
            @Requires Boolean aBoolean,
            @Requires("aByte") int aByte,
            @Requires("aShort") long aShort,
            @Requires("boxed") int unboxed,
            @Requires("anInt") double anInt,
            @Requires("aLong") Number aLong,
            @Requires("aFloat") Object aFloat,
            @Requires("aDouble") Comparable<Double> aDouble) {
        return "" + aBoolean + aByte + aShort + unboxed + anInt + aLong + aFloat + aDouble;
    }
}
