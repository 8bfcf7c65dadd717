package io.flowright.processor.generate;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import io.flowright.processor.model.CheckedFlow;
import io.flowright.processor.model.FlowModel;
import io.flowright.processor.model.TaskClass;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.annotation.processing.Filer;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Writes the class of a flow: how it is created and run, its results, and the frame and graph behind them. */
public final class FlowWriter {

    private static final String PROCESSOR = "io.flowright.processor.FlowrightProcessor";
    private static final String INDENT = "    ";

    private final Elements elements;
    private final Types types;

    public FlowWriter(Elements elements, Types types) {
        this.elements = elements;
        this.types = types;
    }

    /** Writes the class of a flow without errors. */
    public void write(CheckedFlow checked, Filer filer) throws IOException {
        TidySource.write(flowClass(checked), filer);
    }

    /**
     * Writes the skeleton of a flow with errors: the public classes and methods that it would have, with bodies that throw, so
     * that the compiler does not complain about them too.
     *
     * @param optionalKeys the keys that may be absent, as far as that could be found out
     */
    public void writeSkeleton(FlowModel flow, Set<String> optionalKeys, Filer filer) throws IOException {
        CheckedFlow clean =
                SkeletonWriter.withoutMistakes(flow, optionalKeys, usableIn(elements.getPackageOf(flow.type())));
        Mentions mentions = Mentions.of(clean.flow());
        Plan plan = plan(clean, mentions);
        CodeBlock superCall = CodeBlock.builder()
                .addStatement(
                        "super($T.builder($S, $S).build(), $T.shared())",
                        RuntimeTypes.FLOW_GRAPH,
                        flow.name(),
                        flow.version(),
                        RuntimeTypes.ENGINE)
                .build();
        TypeSpec surface = surface(plan, mentions).build();
        TidySource.write(file(flow, SkeletonWriter.of(surface, superCall)), filer);
    }

    private UnaryOperator<TypeMirror> usableIn(PackageElement home) {
        TypeMirror object = elements.getTypeElement("java.lang.Object").asType();
        return type -> type.getKind() != TypeKind.NONE && TypeTraits.canBeNamed(type, home) ? type : object;
    }

    private JavaFile flowClass(CheckedFlow checked) {
        FlowModel flow = checked.flow();
        Mentions mentions = Mentions.of(flow);
        Plan plan = plan(checked, mentions);
        Arguments arguments = new Arguments(plan, types);
        TaskMethods methods = new TaskMethods(plan, arguments, elements.getPackageOf(flow.type()));
        RecordedTypes recordedTypes = new RecordedTypes(types, elements.getPackageOf(flow.type()));
        TypeSpec type = surface(plan, mentions)
                .addTypes(new FrameWriter(plan, methods, arguments).write())
                .addTypes(new RecordingWriter(plan, recordedTypes).write())
                .addTypes(new GraphWriter(plan, new Fingerprint(plan, recordedTypes).compute()).write())
                .build();
        return file(flow, type);
    }

    /** All that users of the flow see. */
    private TypeSpec.Builder surface(Plan plan, Mentions mentions) {
        EntryPoints entryPoints = new EntryPoints(plan);
        TypeSpec.Builder type = header(plan, mentions);
        for (TaskClass taskClass : plan.flow().taskClasses()) {
            if (taskClass.instance()) {
                type.addField(
                        ClassName.get(taskClass.type()), plan.instance(taskClass), Modifier.PRIVATE, Modifier.FINAL);
            }
        }
        type.addMethods(entryPoints.methods());
        type.addTypes(new ResultWriter(plan).write());
        if (plan.hasBuilder()) {
            type.addType(new InputsWriter(plan, entryPoints).write());
        }
        ConstantsWriter constants = new ConstantsWriter(plan);
        return type.addType(constants.keys()).addType(constants.tasks());
    }

    private Plan plan(CheckedFlow checked, Mentions mentions) {
        FlowNames names = new FlowNames(checked.flow(), mentions.ofUnnamedPackage());
        FrameNames frameNames = new FrameNames(methodsOf(RuntimeTypes.FLOW_FRAME), mentions.classNames());
        return new Plan(checked, names, frameNames, new MethodLinks(elements, types));
    }

    private Set<String> methodsOf(ClassName name) {
        Set<String> methods = new LinkedHashSet<>();
        TypeElement type = elements.getTypeElement(name.canonicalName());
        if (type != null) {
            for (ExecutableElement method : ElementFilter.methodsIn(elements.getAllMembers(type))) {
                methods.add(method.getSimpleName().toString());
            }
        }
        return methods;
    }

    private TypeSpec.Builder header(Plan plan, Mentions mentions) {
        FlowModel flow = plan.flow();
        TypeSpec.Builder type = TypeSpec.classBuilder(plan.names().flow())
                .addModifiers(Modifier.FINAL)
                .superclass(ParameterizedTypeName.get(
                        RuntimeTypes.TYPED_FLOW, plan.names().result()))
                .addJavadoc("The flow {@code $L}, made from {@link $T}.", flow.name(), ClassName.get(flow.type()));
        if (flow.isPublic()) {
            type.addModifiers(Modifier.PUBLIC);
        }
        // Exactly one, or Gradle gives up on compiling incrementally; the included classes are named in its annotation.
        type.addOriginatingElement(flow.type());
        addGenerated(type, flow.type());
        addSuppressions(type, flow, mentions);
        return type;
    }

    /** The annotation lives in a module that the flow's module need not read. */
    private void addGenerated(TypeSpec.Builder type, TypeElement flowClass) {
        String name = "javax.annotation.processing.Generated";
        ModuleElement module = elements.getModuleOf(flowClass);
        TypeElement generated = module == null ? elements.getTypeElement(name) : elements.getTypeElement(module, name);
        if (generated != null) {
            type.addAnnotation(AnnotationSpec.builder(ClassName.get(generated))
                    .addMember("value", "$S", PROCESSOR)
                    .build());
        }
    }

    /** What javac would warn of in this class is what it has warned of, or was told not to, in the user's own classes. */
    private void addSuppressions(TypeSpec.Builder type, FlowModel flow, Mentions mentions) {
        List<String> warnings = new ArrayList<>();
        if (mentions.deprecated(elements)) {
            warnings.add("deprecation");
        }
        if (mentions.forRemoval()) {
            warnings.add("removal");
        }
        if (mentions.raw()) {
            warnings.add("rawtypes");
        }
        if (flow.isPublic() && inNamedModule(flow.type())) {
            warnings.add("exports");
        }
        if (!warnings.isEmpty()) {
            AnnotationSpec.Builder suppress = AnnotationSpec.builder(SuppressWarnings.class);
            warnings.forEach(warning -> suppress.addMember("value", "$S", warning));
            type.addAnnotation(suppress.build());
        }
    }

    private boolean inNamedModule(TypeElement type) {
        ModuleElement module = elements.getModuleOf(type);
        return module != null && !module.isUnnamed();
    }

    private JavaFile file(FlowModel flow, TypeSpec type) {
        return JavaFile.builder(flow.packageName(), type)
                .indent(INDENT)
                .skipJavaLangImports(!hidesJavaLang(flow))
                .build();
    }

    /** Whether the package has a class whose name is also one of {@code java.lang} that the code may mention. */
    private boolean hidesJavaLang(FlowModel flow) {
        PackageElement home = elements.getPackageOf(flow.type());
        for (Element element : home.getEnclosedElements()) {
            if (element.getKind() != ElementKind.PACKAGE
                    && elements.getTypeElement("java.lang." + element.getSimpleName()) != null) {
                return true;
            }
        }
        return false;
    }
}
