package dev.jarway.runtime.snapshot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jarway.plugin.Consumer;
import dev.jarway.plugin.Consumers;
import dev.jarway.runtime.config.Checked;
import dev.jarway.runtime.config.ConsumerConfig;
import dev.jarway.runtime.config.LoadedConfig;
import dev.jarway.runtime.config.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The consumers of one configuration that have a credential for one plugin, by that credential's index. Immutable. */
final class ConsumerDirectory implements Consumers {
    private final Map<String, Consumer> byIndex;
    private final String canonical;

    private ConsumerDirectory(Map<String, Consumer> byIndex, String canonical) {
        this.byIndex = Map.copyOf(byIndex);
        this.canonical = canonical;
    }

    /** The directory of a plugin; what is wrong with credentials is added to the problems. */
    static ConsumerDirectory of(PluginType type, LoadedConfig loaded, List<Problem> problems) {
        Map<String, Consumer> byIndex = new HashMap<>();
        Map<String, String> canonical = new TreeMap<>();
        type.credential().ifPresent(credential -> {
            String id = type.generation().description().id();
            List<ConsumerConfig> consumers = loaded.config().consumers();
            for (int i = 0; i < consumers.size(); i++) {
                ObjectNode tree = consumers.get(i).credentials().get(id);
                if (tree != null) {
                    String pointer = "/consumers/" + i + "/credentials/" + id;
                    List<Problem> found = add(consumers.get(i).name(), credential, tree, pointer, loaded, byIndex);
                    problems.addAll(found);
                    if (found.isEmpty()) {
                        canonical.put(
                                consumers.get(i).name(), credential.schema().canonical(tree));
                    }
                }
            }
        });
        return new ConsumerDirectory(byIndex, canonical.isEmpty() ? "" : canonical.toString());
    }

    private static <C extends Record> List<Problem> add(
            String name,
            CredentialType<C> type,
            ObjectNode tree,
            String pointer,
            LoadedConfig loaded,
            Map<String, Consumer> byIndex) {
        Checked<C> credential = type.schema().bind(tree, pointer, loaded.hidden());
        if (!credential.problems().isEmpty()) {
            return credential.problems();
        }
        List<Problem> problems = new ArrayList<>();
        try {
            String index = type.indexOf(credential.value());
            Consumer other = byIndex.put(index, new Known(name, credential.value()));
            if (other != null) {
                problems.add(new Problem(
                        pointer,
                        "has the same " + type.index().getName() + " as consumer '" + other.name() + "'",
                        "one consumer for each " + type.index().getName()));
            }
        } catch (ReflectiveOperationException e) {
            problems.add(
                    new Problem(pointer, type.index().getName() + " cannot be read: " + e, "a readable component"));
        }
        return problems;
    }

    /** Equal for two directories of the same consumers and credentials. Holds secrets. */
    String canonical() {
        return canonical;
    }

    @Override
    public Optional<Consumer> find(String index) {
        return Optional.ofNullable(byIndex.get(index));
    }

    private record Known(String name, Record credential) implements Consumer {

        @Override
        public <C extends Record> C credential(Class<C> type) {
            if (!type.isInstance(credential)) {
                throw new IllegalArgumentException("credential type: " + type.getName() + " (expected: "
                        + credential.getClass().getName() + ")");
            }
            return type.cast(credential);
        }

        @Override
        public String toString() {
            return "Consumer[" + name + "]";
        }
    }
}
