/** Checks flows and generates their typed classes while the compiler runs. */
module io.flowright.processor {
    requires io.flowright.annotations;
    requires java.compiler;
    requires com.palantir.javapoet;
    requires static com.google.auto.service;
    requires static org.jspecify;

    provides javax.annotation.processing.Processor with
            io.flowright.processor.FlowrightProcessor;
}
