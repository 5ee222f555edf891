package dev.jarway.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The price of a swap each second: Jarway with five filters is asked for 1 KB as fast as it answers, with one of the five replaced each
 * second and without, in turns.
 */
final class Swaps {
    private static final String PLUGIN = "request-id";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Site site;
    private final Server jarway;
    private final Path original;
    private final Path dropped;
    private final Path log;
    private long lookedThrough;
    private int version;
    private long failed;

    private Swaps(Site site, Server jarway, Path original, Path dropped) {
        this.site = site;
        this.jarway = jarway;
        this.original = original;
        this.dropped = dropped;
        this.log = site.directory().resolve("log");
    }

    /** Options: {@code --pairs}, {@code --seconds} of each half of a pair, {@code --warm-up} seconds. */
    public static void main(String[] arguments) throws Exception {
        Options options = new Options(List.of(arguments), List.of("pairs", "seconds", "warm-up"));
        int pairs = options.number("pairs", 40);
        int seconds = options.number("seconds", 4);
        int warmUp = options.number("warm-up", 40);
        Path directory = Files.createTempDirectory("swaps");
        int port = Server.freePort();
        try (Server upstream = Server.start(
                Cores.REST.pin(JavaProgram.command(Upstream.class, Integer.toString(port))),
                Map.of(),
                port,
                directory.resolve("upstream.log"))) {
            Jarway peer = Jarway.filtered();
            Site site = Site.in(directory.resolve(peer.name()), upstream.port());
            try (Server jarway = peer.start(site)) {
                Proof.of(peer, site);
                new Swaps(site, jarway, Jarway.sample(PLUGIN), Jarway.dropped(site, PLUGIN))
                        .run(pairs, seconds, warmUp);
            }
        }
    }

    private void run(int pairs, int seconds, int warmUp) throws IOException, InterruptedException {
        System.out.println("warming up: " + warmUp + " s, then as long with four swaps a second");
        without(warmUp);
        with(warmUp, SECOND.dividedBy(4)); // A gateway whose plugins change so often has done so many times.
        List<Measured> without = new ArrayList<>();
        List<Measured> with = new ArrayList<>();
        List<Measured> ratios = new ArrayList<>();
        System.out.println("    requests/s     with     ×   CPU µs     with     ×");
        for (int pair = 1; pair <= pairs; pair++) {
            // Turn about, so that a machine that gets slower or faster does not count for one of them.
            boolean first = pair % 2 == 0;
            Measured swapping = first ? with(seconds, SECOND) : null;
            Measured still = without(seconds);
            Measured swapped = swapping == null ? with(seconds, SECOND) : swapping;
            without.add(still);
            with.add(swapped);
            ratios.add(ratio(swapped, still));
            print(Integer.toString(pair), still, swapped, ratios.getLast());
        }
        print("median", Measured.median(without), Measured.median(with), Measured.median(ratios));
        System.out.println(mean(ratios));
        System.out.println(version + " swaps, " + failed + " requests failed");
    }

    /** What the noise of a machine leaves of it: with its standard error. */
    private static String mean(List<Measured> ratios) {
        double[] logs = ratios.stream()
                .mapToDouble(ratio -> Math.log(ratio.perSecond()))
                .toArray();
        double mean = Arrays.stream(logs).average().orElse(0);
        double squares =
                Arrays.stream(logs).map(log -> (log - mean) * (log - mean)).sum();
        double error = Math.sqrt(squares / Math.max(1, logs.length - 1) / logs.length);
        return String.format(Locale.ROOT, "geometric mean of requests/s: × %.3f ± %.3f", Math.exp(mean), error);
    }

    private static Measured ratio(Measured one, Measured other) {
        return new Measured(
                one.perSecond() / other.perSecond(), one.cpuMicros() / other.cpuMicros(), 1, 1, one.failed());
    }

    private static void print(String what, Measured without, Measured with, Measured ratio) {
        System.out.println(String.format(
                Locale.ROOT,
                "%-6s %7.0f  %7.0f  %4.2f  %7.1f  %7.1f  %4.2f",
                what,
                without.perSecond(),
                with.perSecond(),
                ratio.perSecond(),
                without.cpuMicros(),
                with.cpuMicros(),
                ratio.cpuMicros()));
    }

    private Measured with(int seconds, Duration pause) throws IOException, InterruptedException {
        Swapper swapper = Swapper.start(original, dropped, version, pause);
        try {
            return without(seconds);
        } finally {
            version = swapper.stop();
            awaitLast();
        }
    }

    private Measured without(int seconds) throws IOException {
        Measured measured = Measured.of(jarway, () -> Wrk.run(Work.GET_1K, site, seconds));
        failed += measured.failed();
        return measured;
    }

    /** A run in which the new versions had not been taken would be worth nothing. */
    private void awaitLast() throws IOException, InterruptedException {
        String loaded = PLUGIN + "@1.0." + version + "#";
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!says(loaded)) {
            if (System.nanoTime() - end > 0) {
                throw new IOException("Jarway has not loaded " + loaded + "; its log: " + log);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** The access log is there too, gigabytes: only what has come since the version before is looked through. */
    private boolean says(String what) throws IOException {
        try (InputStream all = Files.newInputStream(log)) {
            all.skipNBytes(lookedThrough);
            BufferedReader lines = new BufferedReader(new InputStreamReader(all, StandardCharsets.UTF_8));
            long size = Files.size(log);
            boolean found = lines.lines().anyMatch(line -> line.contains(what));
            lookedThrough = found ? size : lookedThrough;
            return found;
        }
    }
}
