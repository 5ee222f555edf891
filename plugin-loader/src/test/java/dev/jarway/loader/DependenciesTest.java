package dev.jarway.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.loader.jar.PluginRefusedException.Reason;
import dev.jarway.loader.testing.PluginJar;
import dev.jarway.loader.testing.PluginSource;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class DependenciesTest extends LoaderFixture {

    @Test
    void aPluginUsesClassesAndResourcesOfAnother() {
        load(base("1.0.0"));

        var user = load(user("base@>=1.0.0"));

        assertThat(apply(user, "")).isEqualTo("base 1.0.0 with text 1.0.0");
    }

    @Test
    void theNewestVersionInRangeIsChosen() {
        load(base("1.9.0"));
        load(base("1.10.0"));
        load(base("2.0.0"));

        assertThat(apply(load(user("base@>=1.0.0 & <2.0.0")), "")).isEqualTo("base 1.10.0 with text 1.10.0");
        assertThat(apply(load(user("base")), "")).isEqualTo("base 2.0.0 with text 2.0.0");
        assertThat(apply(load(user("base@1.9.0")), "")).isEqualTo("base 1.9.0 with text 1.9.0");
    }

    @Test
    void theNewestGenerationOfAVersionIsChosen() {
        load(base("1.0.0"));
        load(base("1.0.0").resource("acme/base.txt", "other text"));

        assertThat(apply(load(user("base")), "")).isEqualTo("base 1.0.0 with other text");
    }

    @Test
    void theChoiceHoldsWhenANewerOneComes() {
        load(base("1.0.0"));
        var user = load(user("base"));
        load(base("1.1.0"));

        assertThat(apply(user, "")).isEqualTo("base 1.0.0 with text 1.0.0");
    }

    @Test
    void theChoiceIsMadeAmongThoseThatTheCallerNames() {
        var older = load(base("1.0.0"));
        load(base("2.0.0"));

        var user = await(loader.loadBeside(user("base").in(directory), older::equals));

        assertThat(apply(user, "")).isEqualTo("base 1.0.0 with text 1.0.0");
        assertThat(loader.dependenciesOf(user)).containsExactly(older);
    }

    @Test
    void aMissingDependencyIsNamedAndMayComeLater() {
        Path user = user("base@>=1.0.0").in(directory);

        var refusal = refusalOf(user);
        assertThat(refusal.reason()).isEqualTo(Reason.MISSING_DEPENDENCY);
        assertThat(refusal)
                .hasMessage(
                        "user-1.0.0.jar: of plugin 'base' there is none (expected: Plugin-Dependencies: base@>=1.0.0)");

        load(base("1.0.0"));
        assertThat(apply(load(user), "")).isEqualTo("base 1.0.0 with text 1.0.0");
    }

    @Test
    void aVersionOutOfRangeIsNamed() {
        load(base("1.0.0"));
        load(base("1.1.0"));

        assertThat(refusalOf(user("base@>=2.0.0"))).hasMessageContaining("of plugin 'base' there is 1.");
    }

    @Test
    void anOptionalDependencyMayBeMissing() {
        var without = load(user("base?@>=1.0.0"));
        load(base("1.0.0"));
        var with = load(user("base?@>=1.0.0"));

        assertThat(apply(without, "")).isEqualTo("alone");
        assertThat(apply(with, "")).isEqualTo("base 1.0.0 with text 1.0.0");
    }

    @Test
    void aDependencyStaysOpenUntilItsLastUserIsUnloaded() {
        var base = load(base("1.0.0"));
        var first = load(user("base"));
        var second = load(user("base"));

        var unloading = loader.unload(base);
        unload(first);
        assertThat(apply(second, "")).isEqualTo("base 1.0.0 with text 1.0.0");
        assertThat(unloading).isNotDone();

        unload(second);
        await(unloading);
        assertThat(base.state()).isIn(GenerationState.CLOSED, GenerationState.COLLECTED);
    }

    @Test
    void nobodyComesToDependOnWhatIsBeingUnloaded() {
        var base = load(base("1.0.0"));
        load(user("base"));
        var unloading = loader.unload(base);

        assertThat(refusalOf(user("base")).reason()).isEqualTo(Reason.MISSING_DEPENDENCY);
        assertThat(unloading).isNotDone();
    }

    @Test
    void aChainOfPluginsIsClosedFromItsEnd() {
        load(base("1.0.0"));
        load(user("base"));
        var last = load(PluginJar.of("last", "1.0.0")
                .attribute("Plugin-Dependencies", "user")
                .factory(PluginSource.of("acme.Last").applying("""
                        return Class.forName("acme.base.Base").getSimpleName();
                        """)));
        assertThat(apply(last, "")).isEqualTo("Base");
        var all = loader.generations();
        assertThat(loader.dependenciesOf(last)).hasSize(2).doesNotContain(last);

        loader.close();

        assertThat(all).hasSize(3).noneMatch(plugin -> plugin.state() == GenerationState.LOADED);
        assertThat(loader.dependenciesOf(last)).isEmpty();
    }

    private PluginJar base(String version) {
        return PluginJar.of("base", version)
                .factory(PluginSource.of("acme.base.BaseFactory"))
                .source("acme.base.Base", """
                        package acme.base;
                        public class Base { public static String text() { return "base %s"; } }""".formatted(version))
                .resource("acme/base.txt", "text " + version);
    }

    private PluginJar user(String dependency) {
        return PluginJar.of("user", "1.0.0")
                .attribute("Plugin-Dependencies", dependency)
                .compiledAgainst(base("1.0.0").at(directory.resolve("compiled-against.jar")))
                .factory(PluginSource.of("acme.User").applying("""
                        try (var in = getClass().getResourceAsStream("/acme/base.txt")) {
                            return acme.base.Base.text() + " with " + new String(in.readAllBytes());
                        } catch (NullPointerException | NoClassDefFoundError e) {
                            return "alone";
                        }
                        """));
    }
}
