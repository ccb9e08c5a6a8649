package org.guiling;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** The arrows between the packages are a test. */
class ArchitectureTest {

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.guiling");

    @Test
    void onlyTheEngineKnowsCamunda() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.guiling.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.camunda..")
                .check(PRODUCT);
    }

    /**
     * But one class: the engine lets nobody change what its expressions, scripts and models may reach, except from inside
     * ({@code engine/expression/RestrictedExpressions}; docs/security.md).
     */
    @Test
    void nothingKnowsTheInsideOfCamunda() {
        noClasses()
                .that()
                .haveNameNotMatching("org\\.guiling\\.engine\\.expression\\.RestrictedExpressions(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.camunda..impl..")
                .check(PRODUCT);
    }

    @Test
    void theRecordKnowsNoWeb() {
        noClasses()
                .that()
                .resideInAnyPackage("org.guiling.item..", "org.guiling.calendar..", "org.guiling.organization..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework.web..", "jakarta.servlet..")
                .check(PRODUCT);
    }

    /** Numbers of items that requests bring are looked up among the items that the person may see. */
    @Test
    void theWebKnowsNoItemsButThoseThatAreVisible() {
        noClasses()
                .that()
                .resideInAPackage("org.guiling.web..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.guiling.item.Items")
                .check(PRODUCT);
    }

    /** Contracts are values: a rule that they hold is tested without an application. */
    @Test
    void contractsKnowNeitherSpringNorDatabase() {
        noClasses()
                .that()
                .resideInAPackage("org.guiling.workflow..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.springframework..", "java.sql..", "javax.sql..")
                        .and(DescribedPredicate.not(resideInAPackage("org.springframework.modulith.."))))
                .check(PRODUCT);
    }

    /** What a rule needs to know is read before; {@code DueDateRule} reads the timeline itself. */
    @Test
    void rulesKnowNeitherSpringNorDatabase() {
        classes()
                .that()
                .haveSimpleNameEndingWith("Rule")
                .and()
                .doNotHaveSimpleName("DueDateRule")
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.not(
                        resideInAnyPackage("org.springframework..", "java.sql..", "javax.sql..")))
                .check(PRODUCT);
    }

    /** Of all packages, nested ones each for itself, also within a module. */
    @Test
    void packagesHaveNoCycles() {
        slices().matching("org.guiling.(**)").should().beFreeOfCycles().check(PRODUCT);
    }

    /** The package {@code web} itself assembles the features and may use each. */
    @Test
    void featuresOfTheWebMeetInSupportOnly() {
        slices().matching("org.guiling.web.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(alwaysTrue(), resideInAPackage("org.guiling.web.support.."))
                .check(PRODUCT);
    }

    @Test
    void noPackageHasMoreThanThirtyClasses() {
        Map<String, Long> sizes = PRODUCT.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(each -> !each.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));

        assertThat(sizes).allSatisfy((name, size) -> assertThat(size).as(name).isLessThanOrEqualTo(30));
    }

    /** Whoever needs ten others does two things; a record is a row, and lists what is in it. */
    @Test
    void noClassNeedsMoreThanNineOthers() {
        assertThat(PRODUCT.stream()
                        .filter(each -> !each.isRecord() && !each.isEnum())
                        .flatMap(each -> each.getConstructors().stream())
                        .filter(each -> each.getRawParameterTypes().size() > 9))
                .isEmpty();
    }

    @Test
    void noFileHasMoreThanFourHundredLines() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            assertThat(files.filter(Files::isRegularFile))
                    .allSatisfy(file -> assertThat(Files.readAllLines(file)).hasSizeLessThanOrEqualTo(400));
        }
    }

    @Test
    void modulesKeepToTheirArrows() {
        ApplicationModules.of(GuilingApplication.class).verify();
    }
}
