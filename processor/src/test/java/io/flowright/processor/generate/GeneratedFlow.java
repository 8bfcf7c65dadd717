package io.flowright.processor.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.processor.compile.Compilation;
import io.flowright.processor.compile.Compiler;
import io.flowright.processor.compile.Source;
import io.flowright.runtime.Engine;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A flow that was compiled just now, and is run as its users do, only by reflection. */
final class GeneratedFlow {

    private final Class<?> type;
    private final Object flow;

    private GeneratedFlow(Class<?> type, Object flow) {
        this.type = type;
        this.flow = flow;
    }

    /** Compiles the sources and creates the flow; task classes must be public and have a constructor without parameters. */
    static GeneratedFlow of(Path directory, List<Source> sources, String flowClass, Engine engine, String... options)
            throws ReflectiveOperationException, MalformedURLException {
        Compilation compilation = Compiler.JAVAC.compile(directory, sources, options);
        assertThat(compilation.others()).isEmpty();
        assertThat(compilation.success()).as(compilation.ours().toString()).isTrue();
        URL[] classes = {compilation.classes().toUri().toURL()};
        return create(new URLClassLoader(classes, Engine.class.getClassLoader()).loadClass(flowClass), engine);
    }

    /** The same flow on another engine. */
    GeneratedFlow on(Engine engine) throws ReflectiveOperationException {
        return create(type, engine);
    }

    /** Creates the flow from a class that has been loaded. */
    static GeneratedFlow create(Class<?> type, Engine engine) throws ReflectiveOperationException {
        Method create = Stream.of(type.getMethods())
                .filter(method -> method.getName().equals("create"))
                .filter(method -> Arrays.asList(method.getParameterTypes()).contains(Engine.class))
                .findFirst()
                .orElseThrow();
        Object[] arguments = new Object[create.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            Class<?> parameter = create.getParameterTypes()[i];
            arguments[i] = parameter == Engine.class
                    ? engine
                    : parameter.getConstructor().newInstance();
        }
        return new GeneratedFlow(type, create.invoke(null, arguments));
    }

    /** The flow itself. */
    Object instance() {
        return flow;
    }

    /** Calls a method of the flow. */
    Object call(String name, Object... arguments) throws ReflectiveOperationException {
        return call(flow, name, arguments);
    }

    /** Runs the flow with inputs by name: name, value, and so on. */
    Object inputs(Object... namesAndValues) throws ReflectiveOperationException {
        Object inputs = call("inputs");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            call(inputs, (String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return call(inputs, "run");
    }

    /** The constants of a nested class, by name. */
    Map<String, Object> constants(String nested) throws ReflectiveOperationException {
        Map<String, Object> constants = new LinkedHashMap<>();
        Class<?> holder = type.getClassLoader().loadClass(type.getName() + "$" + nested);
        for (Field constant : holder.getFields()) {
            constants.put(constant.getName(), constant.get(null));
        }
        return constants;
    }

    /** Calls the public method of that name with as many parameters. */
    static Object call(Object target, String name, Object... arguments) throws ReflectiveOperationException {
        Method method = arguments.length == 0
                ? target.getClass().getMethod(name)
                : Stream.of(target.getClass().getMethods())
                        .filter(each -> each.getName().equals(name) && each.getParameterCount() == arguments.length)
                        .findFirst()
                        .orElseThrow(() -> new NoSuchMethodException(target.getClass() + "." + name));
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    /** What the accessors of a result return, by key. */
    static Map<String, Object> values(Object result) throws ReflectiveOperationException {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Method accessor : result.getClass().getDeclaredMethods()) {
            if (Modifier.isPublic(accessor.getModifiers())
                    && !accessor.getName().equals("toString")) {
                values.put(accessor.getName(), accessor.invoke(result));
            }
        }
        return values;
    }
}
