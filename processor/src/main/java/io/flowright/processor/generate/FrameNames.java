package io.flowright.processor.generate;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.NameAllocator;
import io.flowright.processor.model.GroupPath;
import io.flowright.processor.model.TaskModel;
import java.util.Collection;
import java.util.List;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.ExecutableElement;

/** The names of a frame's fields and methods. They are private to generated code; where a name is taken, it gets a {@code _}. */
final class FrameNames {

    static final String TASK = "task";
    static final String KEY = "key";
    static final String CONTEXT = "context";
    static final String ELEMENT = "element";
    static final String VALUE = "value";
    static final String VALUES = "values";
    static final String ABSENT = "ABSENT";
    static final String RESULT = "result";
    static final String OPTIONAL = "optional";
    static final String FAILURE = "failure";
    static final String CAUSE = "cause";

    private final NameAllocator fields = new NameAllocator();
    private final NameAllocator methods = new NameAllocator();

    /**
     * @param inherited the names of the methods that a frame has from its superclasses
     * @param mentioned the users' classes that frame code names; a field of such a name would hide the class
     */
    FrameNames(Collection<String> inherited, Collection<ClassName> mentioned) {
        for (String local :
                List.of(TASK, KEY, CONTEXT, ELEMENT, VALUE, VALUES, ABSENT, RESULT, OPTIONAL, FAILURE, CAUSE)) {
            reserve(fields, local);
        }
        for (String type : List.of("Keys", "List", "Collections", "Optional", "Elements", "java", "io")) {
            reserve(fields, type);
        }
        for (ClassName type : mentioned) {
            reserve(fields, type.topLevelClassName().simpleName());
            reserve(fields, type.simpleName());
            reserve(fields, firstSegment(type.packageName()));
        }
        // A method of this name cannot be called without a receiver.
        reserve(methods, "yield");
        inherited.forEach(method -> reserve(methods, method));
    }

    private static String firstSegment(String packageName) {
        int dot = packageName.indexOf('.');
        return dot < 0 ? packageName : packageName.substring(0, dot);
    }

    private static void reserve(NameAllocator names, String name) {
        if (SourceVersion.isIdentifier(name) && !SourceVersion.isKeyword(name)) {
            take(names, name);
        }
    }

    /** Tags only serve {@link NameAllocator#get}; without one of its own each name would cost a random UUID. */
    private static String take(NameAllocator names, String name) {
        return names.newName(name, new Object());
    }

    /** {@code thumbResized} for {@code thumb.resized}. */
    String field(String name) {
        return take(fields, GroupPath.camelCase(name));
    }

    /** What a method that calls {@code method} for the task is called if nothing else is: {@code resized}, {@code thumbResized}. */
    static String of(TaskModel task, ExecutableElement method) {
        return GroupPath.camelCase(
                GroupPath.join(task.taskClass().group(), method.getSimpleName().toString()));
    }

    String method(String name) {
        return take(methods, name);
    }

    /** {@code putPayment} for {@code put} and {@code payment}. */
    String method(String prefix, String name) {
        return method(joined(prefix, name));
    }

    /** {@code hasPayment} for {@code has} and {@code payment}. */
    String field(String prefix, String name) {
        return field(joined(prefix, name));
    }

    private static String joined(String prefix, String name) {
        return prefix + Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
