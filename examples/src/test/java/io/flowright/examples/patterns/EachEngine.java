package io.flowright.examples.patterns;

import io.flowright.runtime.Engine;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A test that takes an {@link Engine}, and runs with the default one and with a sequential one. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest
@MethodSource("io.flowright.examples.patterns.EachEngine$Engines#each")
@interface EachEngine {

    /** The engines; JUnit closes them. */
    final class Engines {

        private Engines() {}

        static Stream<Named<Engine>> each() {
            return Stream.of(
                    Named.of("default", Engine.inMemory()),
                    Named.of("sequential", Engine.builder().sequential().build()));
        }
    }
}
