package dev.jarway.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.loader.testing.PluginJar;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class IsolationTest extends LoaderTest {
    @Test
    void hidesLibrariesOfTheHostFromPlugins() throws Exception {
        for (String hostClass : new String[] {
            "com.fasterxml.jackson.databind.ObjectMapper",
            "org.pf4j.Plugin",
            "org.objectweb.asm.ClassReader",
            "dev.jarway.loader.PluginLoader",
            "dev.jarway.loader.guard.CutThreads",
            "ch.qos.logback.classic.Logger",
            "org.junit.jupiter.api.Test"
        }) {
            assertThat(Class.forName(hostClass)).isNotNull();
            LoadedPlugin plugin = load(asking("try { Class.forName(\"" + hostClass + "\"); yield \"seen\"; }"
                    + " catch (ClassNotFoundException e) { yield \"hidden\"; }"));

            assertThat(ask(plugin)).as(hostClass).isEqualTo("hidden");
        }
    }

    @Test
    void showsContractLoggingAndValidationOfTheHost() throws Exception {
        LoadedPlugin plugin = load(asking("yield java.util.List.of(dev.jarway.plugin.Filter.class,"
                + " org.slf4j.Logger.class, jakarta.validation.constraints.NotBlank.class, java.sql.Driver.class);"));

        assertThat(ask(plugin))
                .isEqualTo(java.util.List.of(
                        dev.jarway.plugin.Filter.class,
                        org.slf4j.Logger.class,
                        jakarta.validation.constraints.NotBlank.class,
                        java.sql.Driver.class));
    }

    @Test
    void hidesResourcesOfTheHostFromPlugins() throws Exception {
        assertThat(getClass()
                        .getClassLoader()
                        .getResources("META-INF/maven/org.pf4j/pf4j/pom.xml")
                        .hasMoreElements())
                .isTrue();
        LoadedPlugin plugin = load(asking("ClassLoader own = Probe.class.getClassLoader();"
                + " yield own.getResource(\"META-INF/maven/org.pf4j/pf4j/pom.xml\")"
                + " + \" \" + own.getResources(\"org/pf4j/Plugin.class\").hasMoreElements()"
                + " + \" \" + (own.getResource(\"dev/jarway/plugin/Filter.class\") != null);"));

        assertThat(ask(plugin)).isEqualTo("null false true");
    }

    @Test
    void readsResourcesOfThePluginItself() throws Exception {
        PluginJar jar = PluginJar.of("probe", "1.0.0")
                .text("greeting.txt", "hello")
                .factory(
                        Factories.answering(
                                "Probe",
                                "new String(Probe.class.getResourceAsStream(\"/greeting.txt\").readAllBytes())"
                                        + " + new String(Probe.class.getResource(\"/greeting.txt\").openStream().readAllBytes())"));

        assertThat(ask(load(jar.writeTo(folder.resolve("probe.jar"))))).isEqualTo("hellohello");
    }

    @Test
    void runsTwoVersionsOfOneLibraryInTwoPlugins() throws Exception {
        LoadedPlugin first = load(withLibrary("first", "1").writeTo(folder.resolve("first.jar")));
        LoadedPlugin second = load(withLibrary("second", "2").writeTo(folder.resolve("second.jar")));

        assertThat(ask(first)).isEqualTo("library 1");
        assertThat(ask(second)).isEqualTo("library 2");
    }

    @Test
    void prefersThePluginsOwnCopyOfAHostLibrary() throws Exception {
        String own = "package com.fasterxml.jackson.databind; public class ObjectMapper {"
                + " public String toString() { return \"the plugin's own\"; } }";
        Path library = PluginJar.library().source(own).writeTo(folder.resolve("own.jar"));
        PluginJar jar = PluginJar.of("probe", "1.0.0")
                .source(own)
                .factory(
                        Factories.answering(
                                "Probe",
                                "Class.forName(\"com.fasterxml.jackson.databind.ObjectMapper\").getConstructor().newInstance().toString()"),
                        library);

        assertThat(ask(load(jar.writeTo(folder.resolve("probe.jar"))))).isEqualTo("the plugin's own");
    }

    @Test
    void runsTwoVersionsOfOnePluginAtOnce() throws Exception {
        LoadedPlugin old = load(version("1.0.0"));
        LoadedPlugin young = load(version("1.1.0"));

        assertThat(ask(old)).isEqualTo("1.0.0");
        assertThat(ask(young)).isEqualTo("1.1.0");
        assertThat(old.identity().generation()).isLessThan(young.identity().generation());
    }

    @Test
    void takesOtherBytesOfTheSameVersionAsAnotherGeneration() throws Exception {
        Path file = folder.resolve("probe.jar");
        LoadedPlugin before = load(PluginJar.of("probe", "1.0.0")
                .factory(Factories.answering("Probe", "\"before\""))
                .writeTo(file));
        LoadedPlugin after = load(PluginJar.of("probe", "1.0.0")
                .factory(Factories.answering("Probe", "\"after\""))
                .writeTo(file));

        assertThat(ask(before)).isEqualTo("before");
        assertThat(ask(after)).isEqualTo("after");
        assertThat(before.description().sha256())
                .isNotEqualTo(after.description().sha256());
    }

    @Test
    void bindsTheContextClassLoaderForTheTimeOfACall() throws Exception {
        LoadedPlugin plugin = load(
                asking("yield Thread.currentThread().getContextClassLoader()" + " == Probe.class.getClassLoader();"));
        ClassLoader before = Thread.currentThread().getContextClassLoader();

        Object bound;
        try (Crossing crossing = boundary.crossing()) {
            bound = crossing.call(
                    plugin.identity(),
                    plugin.classLoader(),
                    "ask",
                    1_000_000_000L,
                    () -> plugin.factory().getClass().getMethod("ask").invoke(null));
        }

        assertThat(bound).isEqualTo(true);
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }

    @Test
    void usesClassesOfAPluginThatItDependsOn() throws Exception {
        Path base = PluginJar.of("base", "1.3.0")
                .source("package base; public class Shared { public static String text() { return \"from base\"; } }")
                .factory(Factories.answering("Base", "null"))
                .writeTo(folder.resolve("base.jar"));
        load(base);
        LoadedPlugin user = load(PluginJar.of("user", "1.0.0")
                .attribute("Plugin-Dependencies", "base@>=1.2.0 & <2.0.0")
                .factory(Factories.answering("User", "base.Shared.text()"), base)
                .writeTo(folder.resolve("user.jar")));

        assertThat(ask(user)).isEqualTo("from base");
    }

    @Test
    void opensLibrariesInsideTheArchive() throws Exception {
        assertThat(ask(load(withLibrary("probe", "7").writeTo(folder.resolve("probe.jar")))))
                .isEqualTo("library 7");
    }

    private Path version(String version) {
        return PluginJar.of("probe", version)
                .factory(Factories.answering("Probe", "\"" + version + "\""))
                .writeTo(folder.resolve("probe-" + version + ".jar"));
    }

    private PluginJar withLibrary(String id, String version) {
        PluginJar library = PluginJar.library()
                .source("package lib; public class Version { public static String text() { return \"library " + version
                        + "\"; } }");
        Path compiled = library.writeTo(folder.resolve("library-" + version + ".jar"));
        return PluginJar.of(id, "1.0.0")
                .library("library.jar", library)
                .factory(Factories.answering("Probe", "lib.Version.text()"), compiled);
    }

    /** A plugin that answers with what the block yields. */
    private Path asking(String block) {
        String name = "probe" + Integer.toHexString(block.hashCode());
        return PluginJar.of(name, "1.0.0")
                .factory(Factories.answering("Probe", "switch (0) { default -> { " + block + " } }"))
                .writeTo(folder.resolve(name + ".jar"));
    }
}
