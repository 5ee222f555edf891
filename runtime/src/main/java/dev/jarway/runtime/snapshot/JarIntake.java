package dev.jarway.runtime.snapshot;

import dev.jarway.loader.GenerationState;
import dev.jarway.loader.LoadedPlugin;
import dev.jarway.loader.PluginLoader;
import dev.jarway.loader.boundary.Boundary;
import dev.jarway.loader.boundary.PluginFault;
import dev.jarway.loader.jar.PluginDescription;
import dev.jarway.loader.jar.PluginRefusedException;
import dev.jarway.loader.jar.PluginRefusedException.Reason;
import dev.jarway.runtime.config.Checked;
import dev.jarway.runtime.config.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of a file into the inventory: loaded, and asked for its type. Used by one thread. */
final class JarIntake {
    private static final Logger log = LoggerFactory.getLogger(JarIntake.class);

    private static final String FIT = "a plugin that can be loaded";
    private static final String COMPANY = "plugins beside it that have what it needs";
    private static final String ONE_FILE = "one file for each version";
    private static final String STILLNESS = "a file that holds still";
    private static final String FEWER_ZOMBIES = "fewer than plugins.maxZombies";

    /** What another file, beside it or no more, may set right. */
    private static final Set<String> CURABLE = Set.of(Reason.MISSING_DEPENDENCY.name(), COMPANY, ONE_FILE);

    /** What has to do with the moment, not with the file. */
    private static final Set<String> PASSING =
            Set.of(Reason.NOT_COPIED.name(), Reason.UNREADABLE.name(), STILLNESS, FEWER_ZOMBIES);

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

    /** What a file that was seen says of itself; empty if that cannot be told, as loading it will. */
    Optional<PluginDescription> description(JarSeen seen) throws InterruptedException {
        try {
            return Optional.of(inspect(seen.path()).get());
        } catch (ExecutionException e) {
            return Optional.empty();
        }
    }

    /** That a version is there already, in another file. */
    static Problem isThere(String file, PluginDescription version, String other) {
        return new Problem(
                "",
                file + ": holds " + version.id() + " " + version.version() + ", as " + other + " does, which counts",
                ONE_FILE);
    }

    /**
     * Loads a file, unless it is another by now than the one that was seen; nothing of it is left if that fails.
     *
     * @param maxZombies with so many, nothing more is loaded: each is a leak, and the next may be one too
     * @param others among which it finds those that it depends on
     */
    Checked<PluginType> take(JarSeen seen, int maxZombies, Collection<PluginType> others) throws InterruptedException {
        String file = String.valueOf(seen.path().getFileName());
        List<LoadedPlugin> zombies = loader.generations().stream()
                .filter(generation -> generation.state() == GenerationState.ZOMBIE)
                .toList();
        if (zombies.size() >= maxZombies) {
            zombies.forEach(this::lookAgain);
            return unfit(
                    file + ": not loaded, since " + zombies.size() + " closed plugins are not collected: " + zombies
                            + "; the status says what holds them",
                    FEWER_ZOMBIES);
        }
        Set<LoadedPlugin> generations =
                others.stream().map(PluginType::generation).collect(Collectors.toSet());
        LoadedPlugin loaded;
        try {
            loaded = loader.loadBeside(seen.path(), generations::contains).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PluginRefusedException refusal) {
                String expected = expected(seen, refusal.reason());
                return PASSING.contains(expected) || seen.isStillSo()
                        ? unfit(String.valueOf(refusal.getMessage()), expected)
                        : changed(file);
            }
            String detail = file + ": could not be loaded: " + e.getCause();
            if (isOfTheMoment(e.getCause())) {
                return unfit(detail, Reason.NOT_COPIED.name());
            }
            log.error("{} could not be loaded", file, e);
            return unfit(detail, FIT);
        }
        if (!loaded.description().sha256().equals(seen.sha256())) {
            loader.unload(loaded).join();
            return changed(file);
        }
        try {
            return new Checked.Valid<>(PluginType.of(loaded, boundary, loops));
        } catch (PluginFault fault) {
            loader.unload(loaded).join();
            return unfit(file + ": " + fault.getMessage(), FIT);
        }
    }

    /** The JAR has been checked by then, so that its private copy is what could not be read, or no file could be opened. */
    private static boolean isOfTheMoment(@Nullable Throwable cause) {
        return cause instanceof IOException || cause instanceof UncheckedIOException;
    }

    /** A class that is not there may be in a version of a dependency that comes later. */
    private String expected(JarSeen seen, Reason reason) throws InterruptedException {
        boolean mayCome = reason == Reason.LINKAGE
                && description(seen)
                        .filter(known -> !known.dependencies().isEmpty())
                        .isPresent();
        return mayCome ? COMPANY : reason.name();
    }

    /** The plugins that this one is linked to, through others too. */
    List<PluginDescription> dependenciesOf(PluginType type) {
        return loader.dependenciesOf(type.generation()).stream()
                .map(LoadedPlugin::description)
                .toList();
    }

    /** What held it may have let go of it since, and nobody else asks for a collection. */
    private void lookAgain(LoadedPlugin zombie) {
        var unused = loader.collect(zombie);
    }

    /** What is wrong with the file that is there now is said when that one is seen. */
    private static Checked<PluginType> changed(String file) {
        return unfit(file + ": has changed while it was being taken", STILLNESS);
    }

    private static Checked<PluginType> unfit(String detail, String expected) {
        return new Checked.Invalid<>(List.of(new Problem("", detail, expected)));
    }

    /** Whether other plugins or another configuration might cure the problems, or only another file. */
    static boolean isCurable(List<Problem> problems) {
        return problems.stream()
                .allMatch(problem -> !problem.pointer().isEmpty() || CURABLE.contains(problem.expected()));
    }

    /** Whether the same file may be fit the next time, with nothing changed. */
    static boolean isPassing(List<Problem> problems) {
        return problems.stream().anyMatch(problem -> PASSING.contains(problem.expected()));
    }

    /** As it stands beside the file's name. */
    static String text(Problem problem) {
        return problem.pointer().isEmpty() ? problem.detail() : problem.toString();
    }
}
