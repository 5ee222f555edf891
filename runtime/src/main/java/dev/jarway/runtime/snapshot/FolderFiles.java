package dev.jarway.runtime.snapshot;

import dev.jarway.loader.jar.PluginDescription;
import dev.jarway.runtime.config.Checked;
import dev.jarway.runtime.config.Problem;
import dev.jarway.runtime.history.Origin;
import dev.jarway.runtime.snapshot.Inventory.JarFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of the drop folder's files into the inventory and out of it. Used by the thread of publisher. */
final class FolderFiles {
    private static final Logger log = LoggerFactory.getLogger(FolderFiles.class);

    private final Publisher publisher;
    private final Path place;
    private final Tools tools;
    private Map<String, JarSeen> seen = Map.of();
    private boolean atRest;

    /** What it works with. */
    record Tools(JarIntake intake, Retirement retirement, RevisionLog revisions) {}

    /** The files of the folder in this place. */
    FolderFiles(Publisher publisher, Path place, Tools tools) {
        this.publisher = publisher;
        this.place = place;
        this.tools = tools;
    }

    private Inventory inventory() {
        return publisher.inventory();
    }

    /** Takes over what was seen, file by file. What is not so any more is left for the next picture. */
    void see(Map<String, JarSeen> content) throws Exception {
        seen = Map.copyOf(content);
        Inventory before = inventory();
        for (Map.Entry<String, JarSeen> file : inOrder(content)) {
            if (!isKnown(file.getKey(), file.getValue()) && file.getValue().isStillSo()) {
                take(file.getKey(), file.getValue());
            }
        }
        List<String> gone =
                inventory().files().keySet().stream().filter(this::isGone).toList();
        if (!gone.isEmpty()) {
            cure(); // A file that holds the version of one that goes takes over without a gap.
        }
        for (String name : gone) {
            removeSeen(name);
        }
        if (!atRest || !inventory().equals(before)) {
            cure();
        }
    }

    /**
     * A revision has been restored, and nothing is to be added to it: files that wait are not tried before the next change.
     * That the watch tells what the restoration has done to the folder, or what was there before it, is none.
     */
    void rest() {
        atRest = true;
    }

    /** Something has been changed on request: files that wait may be fit now. */
    void stir() {
        atRest = false;
    }

    /** Those first that were in use when the gateway stopped: of two files with one version, the same one counts again. */
    private List<Map.Entry<String, JarSeen>> inOrder(Map<String, JarSeen> content) {
        Set<Map.Entry<String, String>> before = new HashSet<>();
        if (inventory().files().isEmpty()) {
            tools.revisions().ofThisFile().stream()
                    .limit(1)
                    .flatMap(revision -> revision.plugins().stream())
                    .forEach(plugin -> before.add(Map.entry(plugin.file(), plugin.sha256())));
        }
        return content.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, JarSeen> file) -> !before.contains(
                                Map.entry(file.getKey(), file.getValue().sha256())))
                        .thenComparing(Map.Entry::getKey))
                .toList();
    }

    private boolean isGone(String name) {
        return !seen.containsKey(name) && !Files.exists(place.resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    private void removeSeen(String name) throws Exception {
        try {
            remove(name, () -> {}, Origin.folder(name));
        } catch (IOException e) {
            log.error("{} is gone from the drop folder; the next change there tries again to go on without", name, e);
        }
    }

    private boolean isKnown(String name, JarSeen seen) {
        JarFile known = inventory().files().get(name);
        return known != null && known.sha256().equals(seen.sha256());
    }

    /** Takes a file into the inventory; true if it is fit. */
    private boolean take(String name, JarSeen seen) throws Exception {
        Optional<PluginType> before =
                Optional.ofNullable(inventory().files().get(name)).flatMap(Inventory::serving);
        Checked<PluginType> taken = load(name, seen, inventory());
        if (!(taken instanceof Checked.Valid<PluginType> valid)) {
            unfit(name, seen.sha256(), taken.problems(), before);
            return false;
        }
        PluginType type = valid.value();
        tools.retirement().note(List.of(), List.of(type.generation()));
        Inventory candidate = inventory()
                .with(name, new JarFile.Fit(type.generation().description().sha256(), type));
        List<Problem> problems = rebuildSeen(candidate, name);
        if (problems.isEmpty()) {
            return true;
        }
        unfit(name, seen.sha256(), problems, before);
        publisher.forgetUnneeded();
        return false;
    }

    /**
     * Loads a file, unless another one that is there holds the version: which of them counted would be a question of the order
     * in which they are loaded, and have another answer after a restart.
     */
    private Checked<PluginType> load(String name, JarSeen jar, Inventory beside) throws InterruptedException {
        Optional<PluginDescription> version = tools.intake().description(jar);
        Optional<String> other = version.stream()
                .flatMap(known -> beside.holding(known).stream())
                .filter(file -> !file.equals(name) && !isGone(file))
                .findFirst();
        return other.isPresent()
                ? new Checked.Invalid<>(List.of(JarIntake.isThere(name, version.orElseThrow(), other.get())))
                : tools.intake().take(jar, publisher.maxZombies(), beside.all());
    }

    private List<Problem> rebuildSeen(Inventory candidate, String name) throws Exception {
        try {
            return publisher.rebuild(candidate, () -> {}, Origin.folder(name));
        } catch (IOException e) {
            // Curable: there may be room on the disk by the next change.
            return List.of(new Problem("/history", name + " could not be written down: " + e, "a history to write in"));
        }
    }

    private void unfit(String name, String sha256, List<Problem> problems, Optional<PluginType> before) {
        boolean curable = JarIntake.isCurable(problems);
        String reason = String.join("; ", problems.stream().map(JarIntake::text).toList());
        String known = JarIntake.isPassing(problems) ? "" : sha256;
        JarFile unfit = new JarFile.Unfit(known, reason, curable, before);
        if (!unfit.equals(inventory().files().get(name))) {
            log.warn("{} cannot be used: {}", name, reason);
        }
        publisher.note(inventory().with(name, unfit));
    }

    /** Takes a file out of the inventory; what the configuration needs of it serves on. */
    List<Problem> remove(String name, BeforePublication before, Origin origin) throws Exception {
        Optional<PluginType> type =
                Optional.ofNullable(inventory().files().get(name)).flatMap(Inventory::serving);
        log.info("{} is gone from the drop folder", name);
        Inventory without = inventory().without(name);
        if (type.isEmpty()) {
            before.run();
            publisher.note(without);
            return List.of();
        }
        if (publisher.rebuild(without, before, origin).isEmpty()) {
            return List.of();
        }
        List<PluginType> kept = new ArrayList<>(without.kept());
        kept.add(type.get());
        List<Problem> problems = publisher.rebuild(without.keeping(kept), before, origin);
        if (problems.isEmpty()) {
            log.warn(
                    "The configuration still needs plugin {}; it serves on from its private copy",
                    type.get().name());
        }
        return problems;
    }

    /** Tries again with files that lacked something which may be there now, as long as that gets further. */
    void cure() throws Exception {
        atRest = false;
        boolean further = true;
        while (further) {
            further = false;
            for (Map.Entry<String, JarSeen> file : curable().entrySet()) {
                further |= take(file.getKey(), file.getValue());
            }
        }
    }

    private Map<String, JarSeen> curable() {
        Map<String, JarSeen> curable = new TreeMap<>();
        inventory().files().forEach((name, file) -> {
            JarSeen last = seen.get(name);
            if (file instanceof JarFile.Unfit unfit && unfit.curable() && last != null) {
                curable.put(name, last);
            }
        });
        return curable;
    }

    /** The files that another configuration, or another plugin beside them, may make fit. */
    Set<String> waiting() {
        return curable().keySet();
    }

    /** The inventory if these of the files that wait were fit, as far as that is a question of the configuration. */
    Inventory withCured(Set<String> names) throws InterruptedException {
        Inventory cured = inventory();
        Map<String, JarSeen> left = curable();
        left.keySet().retainAll(names);
        boolean further = true;
        while (further) { // One may need another, which comes later in the order of names.
            further = false;
            for (Map.Entry<String, JarSeen> file : new TreeMap<>(left).entrySet()) {
                if (load(file.getKey(), file.getValue(), cured) instanceof Checked.Valid<PluginType> valid) {
                    tools.retirement().note(List.of(), List.of(valid.value().generation()));
                    String sha256 = valid.value().generation().description().sha256();
                    cured = cured.with(file.getKey(), new JarFile.Fit(sha256, valid.value()));
                    left.remove(file.getKey());
                    further = true;
                }
            }
        }
        return cured;
    }
}
