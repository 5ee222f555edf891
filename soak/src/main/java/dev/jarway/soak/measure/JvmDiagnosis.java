package dev.jarway.soak.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What another JVM tells of itself by {@code jcmd}, which needs no port. For {@link #directKb} that JVM has to be started
 * with {@code -XX:NativeMemoryTracking=summary}.
 */
public final class JvmDiagnosis {
    private static final Pattern METASPACE = Pattern.compile("sun\\.gc\\.metaspace\\.used=([0-9]+)");
    private static final Pattern OTHER = Pattern.compile("Other \\(reserved=[0-9]+KB, committed=([0-9]+)KB");
    private static final long PATIENCE_SECONDS = 60;

    private final long pid;

    /** Of the JVM with that process id. */
    public JvmDiagnosis(long pid) {
        this.pid = pid;
    }

    /** Has it collect garbage, class loaders included. */
    public void collect() throws IOException, InterruptedException {
        var unused = command("GC.run");
    }

    /** How many class loaders of that class are alive. */
    public int loaders(String className) throws IOException, InterruptedException {
        return (int) command("VM.classloader_stats")
                .lines()
                .filter(line -> line.strip().endsWith(className))
                .count();
    }

    /** Metaspace in use, in KiB. */
    public long metaspaceKb() throws IOException, InterruptedException {
        return number(METASPACE, command("PerfCounter.print")) / 1024;
    }

    /** What was asked for outside of the heap, direct buffers above all, in KiB. */
    public long directKb() throws IOException, InterruptedException {
        return number(OTHER, command("VM.native_memory", "summary", "scale=KB"));
    }

    private static long number(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }

    private String command(String... words) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        var builder = new ProcessBuilder(jcmd.toString(), Long.toString(pid));
        builder.command().addAll(List.of(words));
        Process process = builder.redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("jcmd " + String.join(" ", words) + ": " + text);
        }
        return text;
    }
}
