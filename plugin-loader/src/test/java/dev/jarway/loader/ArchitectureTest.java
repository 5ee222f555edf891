package dev.jarway.loader;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.jarway", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final DescribedPredicate<JavaClass> PF4J = JavaClass.Predicates.resideInAPackage("org.pf4j..");

    @ArchTest
    static final ArchRule contractStandsOnNothingButTheJdkAndTwoLibraries = classes()
            .that()
            .resideInAPackage("dev.jarway.plugin..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.jarway.plugin..",
                    "java..",
                    "javax..",
                    "org.slf4j..",
                    "jakarta.validation..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule pf4jDoesNotShow = noMethods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .arePublic()
            .should()
            .haveRawReturnType(PF4J);

    @ArchTest
    static final ArchRule knowsNothingOfHttp = noClasses()
            .that()
            .resideInAPackage("dev.jarway.loader..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.vertx..", "io.netty..", "java.net.http..", "com.fasterxml..", "dev.jarway.runtime..");

    @ArchTest
    static final ArchRule packagesHaveNoCircles =
            slices().matching("dev.jarway.(**)").should().beFreeOfCycles();
}
