package dev.jarway.runtime.snapshot;

import dev.jarway.runtime.config.DocumentChange;
import dev.jarway.runtime.config.Problem;
import dev.jarway.runtime.history.PluginChange;
import java.util.List;

/**
 * That a gateway could not start on what the configuration's file and the drop folder say, and has started on an earlier
 * revision.
 *
 * @param revision the number of the one that it started on
 * @param problems why it could not
 * @param config in what the file differs from the configuration in force; empty also if the file cannot be read as a document
 * @param plugins in what the folder's usable files differ from the plugins in force
 */
public record Fallback(long revision, List<Problem> problems, List<DocumentChange> config, List<PluginChange> plugins) {
    public Fallback {
        problems = List.copyOf(problems);
        config = List.copyOf(config);
        plugins = List.copyOf(plugins);
    }
}
