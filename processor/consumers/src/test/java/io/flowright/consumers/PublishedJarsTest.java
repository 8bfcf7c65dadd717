package io.flowright.consumers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies in the jars, apart from what the projects of {@link ConsumerTest} see of it. */
class PublishedJarsTest {

    private static final String PROCESSOR_SERVICE = "META-INF/services/javax.annotation.processing.Processor";

    @ParameterizedTest
    @ValueSource(strings = {"annotations", "processor", "runtime"})
    void eachIsANamedModuleOfItsOwnPackages(String part) throws IOException {
        ModuleDescriptor module = ModuleFinder.of(Jars.jar("flowright-" + part)).findAll().stream()
                .findFirst()
                .orElseThrow()
                .descriptor();
        assertThat(module.name()).isEqualTo("io.flowright." + part);
        assertThat(module.isAutomatic()).isFalse();
        assertThat(module.packages()).allMatch(name -> name.startsWith("io.flowright." + part));
    }

    @ParameterizedTest
    @ValueSource(strings = {"annotations", "processor", "runtime"})
    void eachBringsItsLicence(String part) throws IOException {
        assertThat(read(part, "META-INF/LICENSE")).contains("Apache License").contains("Version 2.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"annotations", "processor", "runtime"})
    void theBomNamesEach(String part) throws IOException {
        assertThat(Files.readString(Path.of("..", "..", "runtime", "bom", "pom.xml")))
                .contains("<artifactId>flowright-" + part + "</artifactId>");
    }

    @Test
    void theProcessorIsFoundOnAClassPath() throws IOException {
        assertThat(read("processor", PROCESSOR_SERVICE).strip()).isEqualTo("io.flowright.processor.FlowrightProcessor");
    }

    /** Dynamic: the processor says itself, by its options, whether it is isolating. */
    @Test
    void gradleLearnsThatTheProcessorIsIncremental() throws IOException {
        assertThat(read("processor", "META-INF/gradle/incremental.annotation.processors")
                        .strip())
                .isEqualTo("io.flowright.processor.FlowrightProcessor,dynamic");
    }

    private static String read(String part, String entry) throws IOException {
        try (JarFile jar = new JarFile(Jars.jar("flowright-" + part).toFile())) {
            ZipEntry found = jar.getEntry(entry);
            assertThat(found).as(entry).isNotNull();
            try (InputStream content = jar.getInputStream(found)) {
                return new String(content.readAllBytes(), UTF_8);
            }
        }
    }
}
