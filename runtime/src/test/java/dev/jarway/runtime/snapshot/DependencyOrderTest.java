package dev.jarway.runtime.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.loader.jar.PluginDescription;
import dev.jarway.loader.jar.PluginRequirement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DependencyOrderTest {
    private final Map<String, PluginDescription> plugins = new LinkedHashMap<>();

    @Test
    void putsWhatOthersDependOnFirstAndLeavesTheRestAsItIs() {
        plugin("d", needs("c", "*"));
        plugin("c", needs("a", "*"), needs("z", "*"));
        plugin("b");
        plugin("a");

        assertThat(DependencyOrder.of(plugins)).containsExactly("b", "a", "c", "d");
    }

    @Test
    void waitsForWhatAPluginCanDoWithoutButNotForAVersionThatIsOutOfRange() {
        plugin("c", needs("a", ">=2.0.0"));
        plugin("b", new PluginRequirement("a", "*", true));
        plugin("a");

        assertThat(DependencyOrder.of(plugins)).containsExactly("c", "a", "b");
    }

    @Test
    void breaksACircleWhereAPluginCanDoWithout() {
        plugin("a", needs("b", "*"));
        plugin("b", new PluginRequirement("a", "*", true));

        assertThat(DependencyOrder.of(plugins)).containsExactly("b", "a");
    }

    @Test
    void leavesNothingOutOfACircleThatNobodyCanBreak() {
        plugin("a", needs("b", "*"));
        plugin("b", needs("a", "*"));

        assertThat(DependencyOrder.of(plugins)).containsExactly("a", "b");
    }

    private void plugin(String id, PluginRequirement... dependencies) {
        plugins.put(id, new PluginDescription(id, "1.0.0", "*", List.of(dependencies), "", "", "acme.F", id, 1));
    }

    private static PluginRequirement needs(String id, String range) {
        return new PluginRequirement(id, range, false);
    }
}
