package dev.jarway.loader.holder;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Virtual threads that run a plugin's code. They are in no list but in the JVM's own dump of threads, which goes to a file. */
final class VirtualThreads implements Place {

    @Override
    public String kind() {
        return "virtual-thread";
    }

    @Override
    public List<String> find(Suspect suspect) throws IOException {
        Path directory = Files.createTempDirectory("jarway-threads");
        Path dump = directory.resolve("threads.txt");
        try {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(dump.toString(), ThreadDumpFormat.TEXT_PLAIN);
            try (Stream<String> lines = Files.lines(dump)) {
                return search(suspect, lines);
            }
        } finally {
            Files.deleteIfExists(dump);
            Files.deleteIfExists(directory);
        }
    }

    /** A thread is a line {@code #12 "name" virtual}, its frames from the top, and an empty line. */
    private static List<String> search(Suspect suspect, Stream<String> lines) {
        var found = new ArrayList<String>();
        var virtual = new String[] {""};
        lines.forEach(line -> {
            if (line.startsWith("#")) {
                virtual[0] = line.contains("\" virtual") ? line : "";
            } else if (!virtual[0].isEmpty() && suspect.defined(className(line))) {
                found.add(virtual[0] + ": runs " + line.strip().replaceFirst("^at ", ""));
                virtual[0] = "";
            }
        });
        return found;
    }

    private static String className(String line) {
        String frame = line.strip().replaceFirst("^at ", "");
        int end = frame.lastIndexOf('.', Math.max(0, frame.indexOf('(')));
        return end < 0 ? "" : frame.substring(frame.lastIndexOf('/', end) + 1, end);
    }
}
