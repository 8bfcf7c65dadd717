package io.flowright.processor;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.type.TypeMirror;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The processor reads as its pipeline: arrows between its stages point one way, and each stage keeps to its own. */
class ArchitectureTest {

    private static final JavaClasses PROCESSOR = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.flowright.processor");

    /** What each stage may use besides itself. */
    private static final Map<String, Set<String>> ARROWS = Map.of(
            "model", Set.of(),
            "report", Set.of("model"),
            "read", Set.of("model", "report"),
            "check", Set.of("model", "report"),
            "generate", Set.of("model", "report"));

    @ParameterizedTest
    @ValueSource(strings = {"model", "report", "read", "check", "generate"})
    void aStageUsesOnlyWhatItIsHanded(String stage) {
        Set<String> others = new HashSet<>(ARROWS.keySet());
        others.remove(stage);
        others.removeAll(ARROWS.get(stage));
        noClasses()
                .that()
                .resideInAPackage(packageOf(stage))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                others.stream().map(ArchitectureTest::packageOf).toArray(String[]::new))
                        .or(resideInAPackage("io.flowright.processor")))
                .check(PROCESSOR);
    }

    @Test
    void noTwoPackagesNeedEachOther() {
        slices().matching("io.flowright.processor.(**)")
                .should()
                .beFreeOfCycles()
                .check(PROCESSOR);
    }

    /** The entry point has to name it: it is a parameter of {@code process}. */
    @Test
    void onlyReadTouchesTheRound() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.flowright.processor.read..")
                .and()
                .doNotHaveFullyQualifiedName("io.flowright.processor.FlowrightProcessor")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(RoundEnvironment.class)
                .check(PROCESSOR);
    }

    @Test
    void onlyGenerateWritesJava() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.flowright.processor.generate..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.palantir.javapoet..")
                .check(PROCESSOR);
    }

    /** Equal types need not be equal objects: {@code Types} compares them. */
    @Test
    void typesAreNotComparedAsObjects() {
        noClasses()
                .should()
                .callMethodWhere(describe(
                        "a type is asked for equals or hashCode",
                        call -> call.getTargetOwner().isAssignableTo(TypeMirror.class)
                                && Set.of("equals", "hashCode").contains(call.getName())))
                .check(PROCESSOR);
    }

    @Test
    void rulesAreFinalAndHiddenBehindTheirList() {
        classes()
                .that()
                .resideInAPackage("io.flowright.processor.check")
                .and()
                .implement(simpleName("Rule"))
                .should()
                .bePackagePrivate()
                .andShould()
                .haveModifier(FINAL)
                .allowEmptyShould(true)
                .check(PROCESSOR);
    }

    @Test
    void nothingIsPrintedPastTheMessager() {
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(PROCESSOR);
    }

    @Test
    void classesAreNamedForWhatTheyAre() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)")
                .check(PROCESSOR);
    }

    private static String packageOf(String stage) {
        return "io.flowright.processor." + stage + "..";
    }
}
