package io.flowright.crash.drawn;

import io.flowright.crash.EffectLog;
import io.flowright.crash.matrix.Expected;
import io.flowright.crash.matrix.MortalFlow;
import io.flowright.runtime.Engine;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Draws flows and compiles them. */
public final class DrawnFlows {

    private DrawnFlows() {}

    /**
     * Draws flows, each by a seed, which is its name.
     *
     * @param classes the folder for their classes
     * @return how they end, by their names
     */
    public static Map<String, Expected> compile(LongStream seeds, Path classes) {
        Map<String, Expected> ends = new LinkedHashMap<>();
        List<JavaFileObject> sources = new ArrayList<>();
        seeds.mapToObj(DrawnFlow::new).forEach(flow -> {
            ends.put(flow.name(), Reference.of(flow));
            flow.sources().forEach((name, text) -> sources.add(source(flow.packageName() + "." + name, text)));
        });
        if (!sources.isEmpty()) {
            compile(sources, classes);
        }
        return ends;
    }

    /** What flows may have of and these have not. */
    public static List<String> missing(LongStream seeds) {
        List<DrawnFlow> flows = seeds.mapToObj(DrawnFlow::new).toList();
        return Arrays.stream(Feature.values())
                .filter(feature -> flows.stream().noneMatch(flow -> feature.isOf(flow, Reference.played(flow))))
                .map(Feature::name)
                .toList();
    }

    private static void compile(List<JavaFileObject> sources, Path classes) {
        StringWriter printed = new StringWriter();
        String classPath = System.getProperty("java.class.path");
        JavaCompiler.CompilationTask task = ToolProvider.getSystemJavaCompiler()
                .getTask(
                        printed,
                        null,
                        null,
                        List.of("-nowarn", "-cp", classPath, "-processorpath", classPath, "-d", classes.toString()),
                        null,
                        sources);
        if (!task.call()) {
            throw new AssertionError("a flow that was drawn does not compile:\n" + printed);
        }
    }

    private static JavaFileObject source(String type, String text) {
        URI file = URI.create("string:///" + type.replace('.', '/') + JavaFileObject.Kind.SOURCE.extension);
        return new SimpleJavaFileObject(file, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    /** The flow of a seed, which has been compiled and is on the class path. */
    public static MortalFlow load(String name, Engine engine, EffectLog effects) {
        try {
            return (MortalFlow) Class.forName("drawn.f" + name + ".DrawnScenario")
                    .getConstructor(Engine.class, EffectLog.class)
                    .newInstance(engine, effects);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
