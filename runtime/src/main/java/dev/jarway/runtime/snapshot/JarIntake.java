package dev.jarway.runtime.snapshot;

import dev.jarway.loader.LoadedPlugin;
import dev.jarway.loader.PluginLoader;
import dev.jarway.loader.boundary.Boundary;
import dev.jarway.loader.boundary.PluginFault;
import dev.jarway.loader.jar.PluginDescription;
import dev.jarway.loader.jar.PluginRefusedException;
import dev.jarway.runtime.config.Checked;
import dev.jarway.runtime.config.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of a file into the inventory: loaded, and asked for its type. Used by one thread. */
final class JarIntake {
    private static final Logger log = LoggerFactory.getLogger(JarIntake.class);

    private static final String FIT = "a plugin that can be loaded";
    private static final String COMPANY = "the plugins that it depends on beside it";

    private final PluginLoader loader;
    private final Boundary boundary;
    private final int loops;

    JarIntake(PluginLoader loader, Boundary boundary, int loops) {
        this.loader = loader;
        this.boundary = boundary;
        this.loops = loops;
    }

    /** What a file says of itself. */
    CompletableFuture<PluginDescription> inspect(Path jar) {
        return loader.inspect(jar);
    }

    /** Loads a file; nothing of it is left if that fails. */
    Checked<PluginType> take(Path jar) throws InterruptedException {
        String file = String.valueOf(jar.getFileName());
        LoadedPlugin loaded;
        try {
            loaded = loader.load(jar).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PluginRefusedException refusal) {
                return unfit(
                        String.valueOf(refusal.getMessage()), refusal.reason().name());
            }
            log.error("{} could not be loaded", file, e);
            return unfit(file + ": could not be loaded: " + e.getCause(), FIT);
        }
        try {
            return new Checked.Valid<>(PluginType.of(loaded, boundary, loops));
        } catch (PluginFault fault) {
            loader.unload(loaded).join();
            return unfit(file + ": " + fault.getMessage(), FIT);
        }
    }

    private static Checked<PluginType> unfit(String detail, String expected) {
        return new Checked.Invalid<>(List.of(new Problem("", detail, expected)));
    }

    /** Whether other plugins or another configuration might cure the problems, or only another file. */
    static boolean isCurable(List<Problem> problems) {
        return problems.stream()
                .allMatch(problem ->
                        !problem.pointer().isEmpty() || problem.expected().equals(COMPANY));
    }

    /** As it stands beside the file's name. */
    static String text(Problem problem) {
        return problem.pointer().isEmpty() ? problem.detail() : problem.toString();
    }
}
