package dev.jarway.runtime.history;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jarway.runtime.config.DocumentChange;
import dev.jarway.runtime.config.DocumentDiff;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * In what two revisions differ, without secrets.
 *
 * @param config places of the configuration
 * @param plugins files of the drop folder
 */
public record RevisionDiff(List<DocumentChange> config, List<PluginChange> plugins) {
    public RevisionDiff {
        config = List.copyOf(config);
        plugins = List.copyOf(plugins);
    }

    /** In what the newer one differs from the older one; without an older one, from nothing at all. */
    public static RevisionDiff between(History history, Optional<Revision> older, Revision newer) throws IOException {
        ObjectNode before = JsonNodeFactory.instance.objectNode();
        if (older.isPresent()) {
            before = history.document(older.get()).tree();
        }
        return new RevisionDiff(
                DocumentDiff.between(before, history.document(newer).tree()),
                PluginChange.between(older.map(Revision::plugins).orElse(List.of()), newer.plugins()));
    }
}
