package dev.jarway.soak.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What Linux tells of a process under {@code /proc}. On other systems there is nothing, and all counts are empty. */
public final class ProcessFiles {
    /** Threads that the JVM starts and ends as it sees fit. */
    private static final Pattern OF_THE_JVM = Pattern.compile(
            "(C[12] Compiler|GC Thread|G1 |VM |Common-Cleaner|Signal|Service|Monitor|Attach|ForkJoinPool).*");

    private static final String DELETED = " (deleted)";

    private final Path directory;

    /** Of the process with that id. */
    public ProcessFiles(long pid) {
        directory = Path.of("/proc", Long.toString(pid));
    }

    /** Its threads but for the JVM's own, by name without number. */
    public Map<String, Integer> threads() throws IOException {
        Map<String, Integer> threads = new TreeMap<>();
        for (Path task : list("task")) {
            String name = read(task.resolve("comm")).strip();
            if (!name.isEmpty() && !OF_THE_JVM.matcher(name).matches()) {
                threads.merge(name.replaceAll("[0-9]+", "n"), 1, Integer::sum);
            }
        }
        return threads;
    }

    /** Its open files, by what they are. */
    public Map<String, Integer> descriptors() throws IOException {
        Map<String, Integer> sorts = new TreeMap<>();
        for (String target : targets()) {
            int colon = target.indexOf(':');
            sorts.merge(target.startsWith("/") || colon < 0 ? "file" : target.substring(0, colon), 1, Integer::sum);
        }
        return sorts;
    }

    /** The JARs among its open files that exist no more. */
    public Map<String, Integer> deletedJars() throws IOException {
        Map<String, Integer> deleted = new TreeMap<>();
        for (String target : targets()) {
            if (target.endsWith(".jar" + DELETED)) {
                deleted.merge(target.substring(0, target.length() - DELETED.length()), 1, Integer::sum);
            }
        }
        return deleted;
    }

    /** Its memory in KiB. */
    public long residentKb() throws IOException {
        return read(directory.resolve("status"))
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .sum();
    }

    private List<String> targets() throws IOException {
        return list("fd").stream()
                .map(ProcessFiles::target)
                .filter(target -> !target.isEmpty())
                .toList();
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }

    private List<Path> list(String name) throws IOException {
        Path found = directory.resolve(name);
        if (!Files.isDirectory(found)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(found)) {
            return entries.toList();
        }
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException ended) {
            return "";
        } catch (IOException e) {
            // A thread may end between the opening of the file and its reading.
            if (Files.exists(file)) {
                throw e;
            }
            return "";
        }
    }
}
