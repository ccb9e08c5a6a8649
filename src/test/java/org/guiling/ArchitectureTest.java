package org.guiling;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** The arrows between the packages are a test. */
class ArchitectureTest {

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.guiling");

    @Test
    void onlyProcessKnowsCamunda() {
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

    @Test
    void modulesKeepToTheirArrows() {
        ApplicationModules.of(GuilingApplication.class).verify();
    }
}
