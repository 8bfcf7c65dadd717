package io.flowright.consumers;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.annotation.processing.Completion;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/** Stands between the compiler and a processor, as Gradle does, and notes from which elements each file is made. */
final class RecordingProcessor implements Processor {

    private final Processor processor;
    private final Map<String, List<String>> originsByFile = new TreeMap<>();

    RecordingProcessor(Processor processor) {
        this.processor = processor;
    }

    /** The names of the originating elements of each generated file. */
    Map<String, List<String>> originsByFile() {
        return originsByFile;
    }

    @Override
    public void init(ProcessingEnvironment environment) {
        Filer filer = standIn(Filer.class, (method, arguments) -> {
            if (method.getName().startsWith("create")) {
                Element[] origins = (Element[]) arguments[arguments.length - 1];
                originsByFile.put(
                        arguments[0].toString(),
                        Stream.of(origins).map(Element::toString).toList());
            }
            return method.invoke(environment.getFiler(), arguments);
        });
        processor.init(standIn(
                ProcessingEnvironment.class,
                (method, arguments) ->
                        method.getName().equals("getFiler") ? filer : method.invoke(environment, arguments)));
    }

    @Override
    public Set<String> getSupportedOptions() {
        return processor.getSupportedOptions();
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return processor.getSupportedAnnotationTypes();
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return processor.getSupportedSourceVersion();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        return processor.process(annotations, round);
    }

    @Override
    public Iterable<? extends Completion> getCompletions(
            Element element, AnnotationMirror annotation, ExecutableElement member, String userText) {
        return processor.getCompletions(element, annotation, member, userText);
    }

    private static <T> T standIn(Class<T> type, Calls calls) {
        Object standIn =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return calls.answer(method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return type.cast(standIn);
    }

    private interface Calls {
        Object answer(Method method, Object[] arguments) throws ReflectiveOperationException;
    }
}
