package org.guiling;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** The arrows between the packages are a test. */
@AnalyzeClasses(packages = "org.guiling", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule onlyProcessKnowsCamunda = noClasses()
            .that()
            .resideOutsideOfPackage("org.guiling.process..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.camunda..");

    @ArchTest
    static final ArchRule nothingKnowsTheInsideOfCamunda =
            noClasses().should().dependOnClassesThat().resideInAPackage("org.camunda..impl..");

    @ArchTest
    static final ArchRule theRecordKnowsNoWeb = noClasses()
            .that()
            .resideInAnyPackage("org.guiling.item..", "org.guiling.calendar..", "org.guiling.organization..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework.web..", "jakarta.servlet..");

    @Test
    void modulesKeepToTheirArrows() {
        ApplicationModules.of(GuilingApplication.class).verify();
    }
}
