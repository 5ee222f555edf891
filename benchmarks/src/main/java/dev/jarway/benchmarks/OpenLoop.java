package dev.jarway.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * What asks proxies at a fixed rate ({@link OpenLoopLoad}), in a JVM of its own. That is one for all of them, and warmed up: what is
 * measured would be its own compiler.
 */
final class OpenLoop implements AutoCloseable {
    private final Process process;
    private final PrintWriter orders;
    private final BufferedReader results;

    private OpenLoop(Process process) {
        this.process = process;
        this.orders = new PrintWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), true);
        this.results = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** How long clients waited, in microseconds, and how many of them for nothing. */
    record Latencies(long asked, long failed, long p50, long p99, long p999) {}

    /** One that waits for orders. */
    static OpenLoop start() throws IOException {
        return new OpenLoop(new ProcessBuilder(Cores.REST.pin(JavaProgram.command(OpenLoopLoad.class)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Asks a proxy so often a second. */
    Latencies run(Site site, int rate, int seconds) throws IOException {
        orders.println(site.plain() + " " + rate + " " + seconds);
        String said = results.readLine();
        String[] words = said == null ? new String[0] : said.split(" ", -1);
        if (words.length != 5) {
            throw new IOException("the open loop says: " + said + " (expected: five numbers)");
        }
        return new Latencies(
                Long.parseLong(words[0]),
                Long.parseLong(words[1]),
                Long.parseLong(words[2]),
                Long.parseLong(words[3]),
                Long.parseLong(words[4]));
    }

    @Override
    public void close() {
        process.destroy();
    }
}
