package io.flowright.runtime;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.PROTECTED;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What users see shows neither our inside nor the libraries behind it. */
class ArchitectureTest {

    private static final String INTERNAL = "io.flowright.runtime.internal..";
    private static final String FAILSAFE = "dev.failsafe..";

    private static final Set<String> TYPES = Set.of("Type", "ParameterizedType", "GenericArrayType");

    private static final JavaClasses RUNTIME = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.flowright.runtime");

    @Test
    void onlyTheInsideKnowsFailsafe() {
        noClasses()
                .that()
                .resideOutsideOfPackage(INTERNAL)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(FAILSAFE)
                .check(RUNTIME);
    }

    @Test
    void whatUsersCanCallNamesNothingInternal() {
        members().that(usersCanCall()).should(nameNoTypeOf(INTERNAL, FAILSAFE)).check(RUNTIME);
    }

    /** A store, a codec or a clock is written against this package alone. */
    @Test
    void theServiceInterfacesStandOnTheirOwn() {
        noClasses()
                .that()
                .resideInAPackage("io.flowright.runtime.spi..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(INTERNAL, "io.flowright.runtime.generated..")
                .check(RUNTIME);
    }

    @Test
    void nothingIsPrinted() {
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(RUNTIME);
        GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(RUNTIME);
    }

    /** Types are named, for codecs; nothing is done with them. */
    @Test
    void nothingIsCalledByReflection() {
        noClasses()
                .should()
                .dependOnClassesThat(describe(
                        "can call",
                        type -> type.getPackageName().equals("java.lang.reflect")
                                && !TYPES.contains(type.getBaseComponentType().getSimpleName())))
                .check(RUNTIME);
    }

    @Test
    void classesAreNamedForWhatTheyAre() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)")
                .check(RUNTIME);
    }

    private static DescribedPredicate<JavaMember> usersCanCall() {
        return describe("users can call", member -> isOpen(member) && isExported(member.getOwner()));
    }

    private static boolean isOpen(JavaMember member) {
        return member.getModifiers().contains(PUBLIC) || member.getModifiers().contains(PROTECTED);
    }

    private static boolean isExported(JavaClass type) {
        return type.getModifiers().contains(PUBLIC)
                && !resideInAnyPackage(INTERNAL).test(type);
    }

    private static ArchCondition<JavaMember> nameNoTypeOf(String... packages) {
        return new ArchCondition<>("name no type of " + String.join(" or ", packages)) {
            @Override
            public void check(JavaMember member, ConditionEvents events) {
                for (JavaClass type : member.getAllInvolvedRawTypes()) {
                    if (resideInAnyPackage(packages).test(type)) {
                        events.add(SimpleConditionEvent.violated(
                                member, member.getDescription() + " names " + type.getName()));
                    }
                }
            }
        };
    }
}
