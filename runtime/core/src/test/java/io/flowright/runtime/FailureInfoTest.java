package io.flowright.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FailureInfoTest {

    @Test
    void keepsClassMessageTraceAndCauses() {
        FailureInfo info = FailureInfo.of(new IllegalStateException("outer", new IOException("inner")));

        assertThat(info.kind()).isEqualTo(FailureInfo.Kind.BUG);
        assertThat(info.type()).isEqualTo("java.lang.IllegalStateException");
        assertThat(info.message()).isEqualTo("outer");
        assertThat(info.trace()).contains("Caused by: java.io.IOException: inner", "FailureInfoTest.java");
        assertThat(info.cause()).hasToString("java.io.IOException: inner");
        assertThat(info.cause().cause()).isNull();
    }

    @Test
    void tellsABusinessFailureFromABug() {
        class OutOfStock extends BusinessFailure {
            OutOfStock() {
                super("sold out");
            }
        }

        assertThat(FailureInfo.of(new OutOfStock()).kind()).isEqualTo(FailureInfo.Kind.BUSINESS);
    }

    @Test
    void cutsALongChain() {
        Exception chain = new Exception("0");
        for (int i = 1; i < 20; i++) {
            chain = new Exception(String.valueOf(i), chain);
        }

        assertThat(Stream.iterate(FailureInfo.of(chain), info -> info != null, FailureInfo::cause))
                .hasSize(8);
    }

    @Test
    void endsWhereAnExceptionIsItsOwnCause() {
        Exception first = new Exception("first");
        Exception second = new Exception("second", first);
        first.initCause(second);

        assertThat(Stream.iterate(FailureInfo.of(first), info -> info != null, FailureInfo::cause))
                .hasSize(8);
    }

    @Test
    void cutsALongTrace() {
        assertThat(FailureInfo.of(new Exception("x".repeat(100_000))).trace()).hasSize(64 * 1024);
    }
}
