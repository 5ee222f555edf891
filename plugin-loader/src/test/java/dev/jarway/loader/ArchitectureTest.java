package dev.jarway.loader;

import static com.tngtech.archunit.base.DescribedPredicate.anyElementThat;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenMethodsConjunction;

@AnalyzeClasses(packages = "dev.jarway.loader", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String PF4J = "org.pf4j..";

    @ArchTest
    static final ArchRule PF4J_IS_KNOWN_TO_ISOLATION_ALONE = noClasses()
            .that()
            .resideOutsideOfPackage("..isolation")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(PF4J);

    @ArchTest
    static final ArchRule ASM_IS_KNOWN_TO_THE_GUARD_ALONE = noClasses()
            .that()
            .resideOutsideOfPackage("..guard")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.objectweb.asm..");

    @ArchTest
    static final ArchRule NOTHING_PUBLIC_IS_A_PF4J_TYPE =
            noClasses().that().arePublic().should().beAssignableTo(resideInAPackage(PF4J));

    @ArchTest
    static final ArchRule NOTHING_PUBLIC_GIVES_A_PF4J_TYPE =
            publicMethods().should().haveRawReturnType(resideInAPackage(PF4J));

    @ArchTest
    static final ArchRule NOTHING_PUBLIC_TAKES_A_PF4J_TYPE =
            publicMethods().should().haveRawParameterTypes(anyElementThat(resideInAPackage(PF4J)));

    @ArchTest
    static final ArchRule NO_CIRCLES =
            slices().matching("dev.jarway.loader.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ARROWS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("loader")
            .definedBy("dev.jarway.loader")
            .layer("isolation")
            .definedBy("dev.jarway.loader.isolation")
            .layer("boundary")
            .definedBy("dev.jarway.loader.boundary")
            .layer("heap")
            .definedBy("dev.jarway.loader.heap")
            .layer("holder")
            .definedBy("dev.jarway.loader.holder")
            .layer("jar")
            .definedBy("dev.jarway.loader.jar")
            .layer("guard")
            .definedBy("dev.jarway.loader.guard")
            .whereLayer("loader")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("isolation")
            .mayOnlyBeAccessedByLayers("loader")
            .whereLayer("boundary")
            .mayOnlyBeAccessedByLayers("loader")
            .whereLayer("heap")
            .mayOnlyBeAccessedByLayers("loader")
            .whereLayer("holder")
            .mayOnlyBeAccessedByLayers("loader", "isolation")
            .whereLayer("jar")
            .mayOnlyBeAccessedByLayers("loader", "isolation")
            .whereLayer("guard")
            .mayOnlyBeAccessedByLayers("boundary", "isolation");

    @ArchTest
    static final ArchRule THE_LOADER_KNOWS_THE_CONTRACT_AND_NOTHING_OF_THE_RUNTIME = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.jarway.loader..",
                    "dev.jarway.plugin",
                    "java..",
                    "javax.management",
                    "javax.net.ssl",
                    "com.sun.management",
                    "org.slf4j",
                    "org.jspecify.annotations",
                    "org.objectweb.asm",
                    "org.pf4j",
                    "com.github.zafarkhaja.semver..");

    private static GivenMethodsConjunction publicMethods() {
        return noMethods().that().arePublic().and().areDeclaredInClassesThat().arePublic();
    }
}
