package dev.jarway.soak.subject;

import dev.jarway.soak.measure.Kind;
import dev.jarway.soak.measure.Mark;
import dev.jarway.soak.measure.ProcessFiles;
import dev.jarway.soak.measure.Vitals;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/**
 * A server whose configuration is swapped by writing its file and giving it a signal. It says nothing when that is done: a
 * swap is taken for acknowledged when a new connection is answered by the new configuration for the first time.
 */
final class Reloading implements Subject {
    private static final long LIVE_SECONDS = 20;
    private static final long LOOK_EVERY_MILLIS = 5;

    private final Ways ways;
    private final Path file;
    private final int port;
    private final ServerProcess process;

    /**
     * What is particular to a server.
     *
     * @param name with its version
     * @param config the file's content, by number
     * @param signal that makes the main process read its file again
     */
    record Ways(String name, LongFunction<String> config, String signal) {}

    private Reloading(Ways ways, Path file, int port, ServerProcess process) {
        this.ways = ways;
        this.file = file;
        this.port = port;
        this.process = process;
    }

    static Reloading start(Ways ways, Path file, int port, List<String> command) throws Exception {
        Files.writeString(file, ways.config().apply(1));
        ServerProcess process = ServerProcess.start(command, Map.of(), file.resolveSibling("server.log"));
        Reloading reloading = new Reloading(ways, file, port, process);
        try {
            reloading.awaitNumber(1);
        } catch (Exception e) {
            process.close();
            throw e;
        }
        return reloading;
    }

    @Override
    public String name() {
        return ways.name();
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public Set<Kind> kinds() {
        return EnumSet.complementOf(EnumSet.of(Kind.HTTP2));
    }

    @Override
    public Set<Mark> marks() {
        return EnumSet.of(Mark.CONFIG);
    }

    @Override
    public boolean endsStreams() {
        return false;
    }

    @Override
    public void swap(Mark mark, long number) throws Exception {
        Files.writeString(file, ways.config().apply(number));
        Process kill = new ProcessBuilder("kill", "-" + ways.signal(), Long.toString(process.pid())).start();
        if (kill.waitFor() != 0) {
            throw new SwapRefused(ways.name() + " is gone");
        }
        awaitNumber(number);
    }

    private void awaitNumber(long number) throws Exception {
        String expected = Long.toString(number);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIVE_SECONDS);
        while (!expected.equals(number())) {
            if (System.nanoTime() - end > 0) {
                throw new SwapRefused(ways.name() + ": " + number + " is not live after " + LIVE_SECONDS + " s");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
        }
    }

    private String number() throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/t/echo/probe"))
                .timeout(Duration.ofSeconds(LIVE_SECONDS))
                .build();
        // A client of its own, because that has a connection of its own.
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return client.send(request, BodyHandlers.discarding())
                    .headers()
                    .firstValue(Mark.CONFIG.header())
                    .orElse("");
        } catch (IOException notUp) {
            return "";
        }
    }

    @Override
    public int inUse() {
        return 1;
    }

    @Override
    public Vitals vitals() throws IOException {
        Map<String, Integer> threads = new TreeMap<>();
        Map<String, Integer> descriptors = new TreeMap<>();
        long resident = 0;
        List<ProcessHandle> workers = process.children();
        for (long pid : pids(workers)) {
            ProcessFiles files = new ProcessFiles(pid);
            files.threads().forEach((name, count) -> threads.merge(name, count, Integer::sum));
            files.descriptors().forEach((name, count) -> descriptors.merge(name, count, Integer::sum));
            resident += files.residentKb();
        }
        return new Vitals(threads, descriptors, Map.of(), resident, workers.size(), 0, 0);
    }

    private List<Long> pids(List<ProcessHandle> workers) {
        List<Long> pids =
                new ArrayList<>(workers.stream().map(ProcessHandle::pid).toList());
        pids.add(process.pid());
        return pids;
    }

    @Override
    public void close() {
        List<ProcessHandle> workers = process.children();
        process.close();
        workers.forEach(ProcessHandle::destroyForcibly);
    }
}
