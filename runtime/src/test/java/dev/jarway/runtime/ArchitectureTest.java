package dev.jarway.runtime;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.List;

/** The arrows between modules and packages, as the design draws them. */
@AnalyzeClasses(packages = "dev.jarway", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "dev.jarway.runtime";

    /** Lowest first; each may use only those before it. {@code Assembly}, {@code Gateway} and the command line stand above all. */
    private static final List<String> LAYERS = List.of(
            "failure",
            "files",
            "config",
            "history",
            "exchange",
            "observability",
            "forwarding",
            "admission",
            "overload",
            "routing",
            "host",
            "filter",
            "balance",
            "upstream",
            "proxy",
            "watch",
            "tls",
            "rollout",
            "snapshot",
            "listener",
            "upgrade",
            "admin");

    @ArchTest
    static final ArchRule packagesUseOnlyThoseBelowThem = layers();

    @ArchTest
    static final ArchRule packagesHaveNoCircles =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule contractStandsOnTheJdkAndTwoLibraries = classes()
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
    static final ArchRule pf4jAndAsmStayInTheLoader = noClasses()
            .that()
            .resideOutsideOfPackage("dev.jarway.loader..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.pf4j..", "org.objectweb.asm..");

    @ArchTest
    static final ArchRule loaderKnowsNothingOfTheGateway = noClasses()
            .that()
            .resideInAPackage("dev.jarway.loader..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "..", "io.vertx..", "io.netty..", "com.fasterxml..");

    private static LayeredArchitecture layers() {
        LayeredArchitecture layers = layeredArchitecture().consideringOnlyDependenciesInAnyPackage(ROOT + "..");
        for (String layer : LAYERS) {
            layers = layers.layer(layer).definedBy(ROOT + "." + layer + "..");
        }
        layers = layers.layer("top").definedBy(ROOT, ROOT + ".cli..");
        for (int i = 0; i < LAYERS.size(); i++) {
            List<String> below = LAYERS.subList(0, i);
            layers = below.isEmpty()
                    ? layers.whereLayer(LAYERS.get(i)).mayNotAccessAnyLayer()
                    : layers.whereLayer(LAYERS.get(i)).mayOnlyAccessLayers(below.toArray(String[]::new));
        }
        return layers;
    }
}
