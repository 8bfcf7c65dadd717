package io.flowright.consumers;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The packaged jars, as the build has copied them into one folder, named without their versions. */
final class Jars {

    private static final Path FOLDER = Path.of(System.getProperty("consumers.jars"));

    /** What a flow's class is compiled against. */
    static final String COMPILE = path("flowright-annotations", "flowright-runtime");

    /** What a flow runs with, logging included. */
    static final String RUN =
            path("flowright-annotations", "flowright-runtime", "failsafe", "slf4j-api", "slf4j-simple");

    /** What a flow with a store is compiled against, besides {@link #COMPILE}. */
    static final String STORE = path("flowright-jdbc");

    /** What a flow with a store runs with, besides {@link #RUN}. */
    static final String STORE_RUN = path(
            "flowright-jdbc",
            "HikariCP",
            "sqlite-jdbc",
            "flowright-json",
            "jackson-databind",
            "jackson-core",
            "jackson-annotations");

    static final String PROCESSOR = path("flowright-processor", "flowright-annotations", "javapoet");

    static final String LOMBOK = path("lombok");

    static final String ECJ = path("ecj");

    private Jars() {}

    static Path jar(String name) {
        Path jar = FOLDER.resolve(name + ".jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is missing");
        }
        return jar;
    }

    /** Entries of a class path or module path in one. */
    static String join(Object... entries) {
        return Stream.of(entries).map(Object::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static String path(String... names) {
        return join(Stream.of(names).map(Jars::jar).toArray());
    }
}
