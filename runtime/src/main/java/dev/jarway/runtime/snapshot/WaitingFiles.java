package dev.jarway.runtime.snapshot;

import dev.jarway.runtime.config.Checked;
import dev.jarway.runtime.config.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The files of the drop folder that wait for another configuration, when one comes. Used by the thread of changes. */
final class WaitingFiles {
    private final FolderFiles files;
    private final Publisher publisher;

    WaitingFiles(FolderFiles files, Publisher publisher) {
        this.files = files;
        this.publisher = publisher;
    }

    /** What is done with an attempt: published, or only tried out. */
    interface Use {
        Checked<Snapshot> of(Attempt attempt) throws Exception;
    }

    /**
     * Uses a configuration with the plugins that there are; or else with all files too that lack nothing but it; or else with
     * those of them that it is meant for.
     *
     * @param configuration what it would be with these plugins
     */
    Checked<Snapshot> with(Function<Inventory, Attempt> configuration, Use use) throws Exception {
        Checked<Snapshot> alone = use.of(configuration.apply(publisher.inventory()));
        Set<String> waiting = files.waiting();
        if (alone.problems().isEmpty() || waiting.isEmpty()) {
            return alone;
        }
        Checked<Snapshot> together = use.of(configuration.apply(files.withCured(waiting)));
        if (!together.problems().isEmpty() && waiting.size() > 1) {
            Optional<Set<String>> meant = meant(configuration, waiting, alone.problems());
            together = meant.isPresent() ? use.of(configuration.apply(files.withCured(meant.get()))) : alone;
        }
        publisher.forgetUnneeded();
        return together.problems().isEmpty() ? together : alone;
    }

    /** The files with which nothing is wrong. Each is added that adds no problem; empty if some are left all the same. */
    private Optional<Set<String>> meant(
            Function<Inventory, Attempt> configuration, Set<String> waiting, List<Problem> wrong) throws Exception {
        Set<String> meant = new TreeSet<>();
        List<Problem> left = wrong;
        for (String name : waiting) {
            Set<String> more = new TreeSet<>(meant);
            more.add(name);
            // What has been tried may be let go of, so that each trial loads anew.
            List<Problem> problems =
                    publisher.tryOut(configuration.apply(files.withCured(more))).problems();
            if (left.containsAll(problems)) {
                meant = more;
                left = problems;
            }
        }
        return left.isEmpty() ? Optional.of(meant) : Optional.empty();
    }
}
