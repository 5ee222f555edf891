package dev.jarway.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jarway.loader.testing.PluginJar;
import dev.jarway.loader.testing.PluginSource;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IsolationTest extends LoaderFixture {
    private static final String CLASS_OR_NONE = """
            try { return Class.forName(input).getName(); } catch (ClassNotFoundException e) { return "none"; }
            """;
    private static final String RESOURCES = """
            return "" + Collections.list(getClass().getClassLoader().getResources(input)).size()
                + (getClass().getClassLoader().getResource(input) == null ? " none" : " one")
                + (getClass().getClassLoader().getResourceAsStream(input) == null ? " none" : " one");
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.fasterxml.jackson.databind.ObjectMapper",
                "org.pf4j.Plugin",
                "org.objectweb.asm.ClassReader",
                "ch.qos.logback.classic.Logger",
                "dev.jarway.loader.PluginLoader",
                "dev.jarway.loader.guard.CutThreads",
                "dev.jarway.loader.boundary.Crossing"
            })
    void pluginsCannotSeeClassesOfTheHost(String hostClass) {
        var plugin = load(probe(CLASS_OR_NONE));

        assertThat(apply(plugin, hostClass)).isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev.jarway.plugin.Filter",
                "org.slf4j.Logger",
                "jakarta.validation.constraints.NotNull",
                "dev.jarway.loader.guard.LoopGuard",
                "java.util.List",
                "java.sql.Driver",
                "javax.management.MBeanServer"
            })
    void pluginsSeeTheContractItsCompanionsAndTheJdk(String className) {
        var plugin = load(probe(CLASS_OR_NONE));

        assertThat(apply(plugin, className)).isEqualTo(className);
    }

    @Test
    void theHostCannotSeeClassesOfPlugins() {
        load(probe("return input;"));

        assertThatThrownBy(() -> Class.forName("acme.Probe")).isInstanceOf(ClassNotFoundException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "logback-test.xml",
                "META-INF/services/org.slf4j.spi.SLF4JServiceProvider",
                "META-INF/services/com.fasterxml.jackson.core.ObjectCodec",
                "META-INF/maven/org.pf4j/pf4j/pom.xml",
                "dev/jarway/loader/PluginLoader.class"
            })
    void pluginsCannotSeeResourcesOfTheHost(String resource) {
        assertThat(getClass().getClassLoader().getResource(resource)).isNotNull();

        var plugin = load(probe(RESOURCES));

        assertThat(apply(plugin, resource)).isEqualTo("0 none none");
    }

    @Test
    void pluginsSeeTheirOwnResourcesAndTheContracts() {
        var plugin = load(probe(RESOURCES).resource("acme/own file.txt", "mine"));

        assertThat(apply(plugin, "acme/own file.txt")).isEqualTo("1 one one");
        assertThat(apply(plugin, "dev/jarway/plugin/contract.properties")).isEqualTo("1 one one");
    }

    @Test
    void resourcesCanBeReadByTheirUrl() {
        var plugin = load(probe("""
                var url = getClass().getResource("/acme/own file.txt");
                try (var in = url.openStream()) {
                    return url.getProtocol() + " " + new String(in.readAllBytes()) + url.openConnection().getUseCaches();
                }
                """).resource("acme/own file.txt", "mine "));

        assertThat(apply(plugin, "")).isEqualTo("jar mine false");
    }

    @Test
    void servicesOfThePluginsOwnAreFound() {
        var plugin =
                load(probe("""
                return ServiceLoader.load(Runnable.class, getClass().getClassLoader()).findFirst().get().toString();
                """).source("acme.Job", """
                        package acme;
                        public class Job implements Runnable {
                            public void run() {}
                            public String toString() { return "job"; }
                        }""").resource("META-INF/services/java.lang.Runnable", "acme.Job"));

        assertThat(apply(plugin, "")).isEqualTo("job");
    }

    @Test
    void twoPluginsRunTwoVersionsOfOneLibrary() {
        var first = load(PluginJar.of("first", "1.0.0").factory(greeter()).library(library("one")));
        var second = load(PluginJar.of("second", "1.0.0").factory(greeter()).library(library("two")));

        assertThat(apply(first, "")).isEqualTo("library one");
        assertThat(apply(second, "")).isEqualTo("library two");
    }

    @Test
    void aLibraryInTheJarWinsOverTheHosts() {
        var plugin = load(probe("return new com.fasterxml.jackson.databind.ObjectMapper().toString();")
                .source("com.fasterxml.jackson.databind.ObjectMapper", """
                        package com.fasterxml.jackson.databind;
                        public class ObjectMapper { public String toString() { return "the plugin's own"; } }"""));

        assertThat(apply(plugin, "")).isEqualTo("the plugin's own");
    }

    @Test
    void aRealLibraryRunsInAPlugin() {
        var jar = probe("""
                var mapper = new com.fasterxml.jackson.databind.ObjectMapper();
                return mapper.writeValueAsString(mapper.readValue(input, Map.class)) + (mapper.getClass().getClassLoader()
                    == getClass().getClassLoader());
                """);
        for (var type : List.of(ObjectMapper.class, JsonFactory.class, JsonProperty.class)) {
            var location = type.getProtectionDomain().getCodeSource().getLocation();
            jar.library(Path.of(URI.create(location.toString())));
        }

        assertThat(apply(load(jar), "{ \"a\" : [ 1, 2 ] }")).isEqualTo("{\"a\":[1,2]}true");
    }

    @Test
    void packagesAndCodeSourcesAreAsInAnyJar() {
        var plugin = load(probe("""
                return getClass().getPackage().getImplementationTitle() + " "
                    + getClass().getProtectionDomain().getCodeSource().getLocation().getProtocol();
                """).attribute("Implementation-Title", "Probe"));

        assertThat(apply(plugin, "")).isEqualTo("Probe file");
    }

    @Test
    void classLoadersSayWhoseTheyAre() {
        var plugin = load(probe("return input;"));

        assertThat(plugin.classLoader()).hasToString("plugin probe@1.0.0#1");
    }

    private PluginJar probe(String statements) {
        return PluginJar.of("probe", "1.0.0")
                .factory(PluginSource.of("acme.Probe").applying(statements));
    }

    private static PluginSource greeter() {
        return PluginSource.of("acme.Greeter").applying("return acme.lib.Library.text();");
    }

    private Path library(String version) {
        return PluginJar.plain("library-" + version + ".jar")
                .source("acme.lib.Library", """
                        package acme.lib;
                        public class Library { public static String text() { return "library %s"; } }""".formatted(version))
                .in(directory);
    }
}
