package io.flowright.consumers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExportsTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.Tree.Kind;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users see has a comment; that comments are well formed is for the javadoc tool to say. */
class JavadocTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "annotations",
                "processor",
                "runtime/core",
                "runtime/json",
                "runtime/jdbc",
                "runtime/store-contract",
                "runtime/cli"
            })
    void whatIsExportedIsDocumented(String part) throws IOException {
        Path sources = Path.of("..", "..", part, "src", "main", "java");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, UTF_8);
                Stream<Path> all = Files.walk(sources)) {
            List<Path> java =
                    all.filter(file -> file.toString().endsWith(".java")).toList();
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, null, List.of(), null, files.getJavaFileObjectsFromPaths(java));
            List<CompilationUnitTree> units = new ArrayList<>();
            task.parse().forEach(units::add);
            Set<String> exported = Set.copyOf(units.stream()
                    .filter(unit -> unit.getModule() != null)
                    .flatMap(unit -> unit.getModule().getDirectives().stream())
                    .filter(directive -> directive instanceof ExportsTree)
                    .map(directive -> ((ExportsTree) directive).getPackageName().toString())
                    .toList());

            Visible visible = new Visible(DocTrees.instance(task));
            units.stream()
                    .filter(unit -> unit.getModule() == null)
                    .filter(unit -> exported.contains(unit.getPackageName().toString()))
                    .forEach(unit -> visible.scan(new TreePath(unit), null));

            assertThat(visible.undocumented).isEmpty();
            assertThat(visible.documented).as(exported.toString()).isEqualTo(!exported.isEmpty());
        }
    }

    /** Goes through the classes and members that others may use. */
    private static final class Visible extends TreePathScanner<Void, Void> {

        final List<String> undocumented = new ArrayList<>();
        boolean documented;

        private final DocTrees docs;

        Visible(DocTrees docs) {
            this.docs = docs;
        }

        @Override
        public Void visitClass(ClassTree type, Void unused) {
            if (!isVisible(type.getModifiers())) {
                return null;
            }
            look(type.getSimpleName());
            return super.visitClass(type, unused);
        }

        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            if (isVisible(method.getModifiers()) && !isOverride(method)) {
                look(method.getName());
            }
            return null;
        }

        @Override
        public Void visitVariable(VariableTree field, Void unused) {
            if (isVisible(field.getModifiers())) {
                look(field.getName());
            }
            return null;
        }

        private void look(Object name) {
            if (docs.getDocComment(getCurrentPath()) == null) {
                undocumented.add(
                        getCurrentPath().getCompilationUnit().getSourceFile().getName() + ": " + name);
            } else {
                documented = true;
            }
        }

        private boolean isVisible(ModifiersTree modifiers) {
            Set<Modifier> flags = modifiers.getFlags();
            Kind owner = Objects.requireNonNull(getCurrentPath().getParentPath())
                    .getLeaf()
                    .getKind();
            return flags.contains(Modifier.PUBLIC)
                    || flags.contains(Modifier.PROTECTED)
                    || (!flags.contains(Modifier.PRIVATE)
                            && (owner == Kind.INTERFACE || owner == Kind.ANNOTATION_TYPE));
        }

        private static boolean isOverride(MethodTree method) {
            return method.getModifiers().getAnnotations().stream()
                    .map(AnnotationTree::getAnnotationType)
                    .map(Tree::toString)
                    .anyMatch("Override"::equals);
        }
    }
}
