package dev.jarway.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Memory and processor time of another process, from now until it is read; Linux tells them under {@code /proc}. */
final class ProcessMeter {
    private static final long LOOK_EVERY_MILLIS = 25;

    private final ProcessHandle process;
    private final Path status;
    private final long begin = System.nanoTime();
    private final Duration used;
    private final long residentKb;
    private final Thread looking;
    private volatile long mostKb;
    private volatile boolean over;

    private ProcessMeter(ProcessHandle process) throws IOException {
        this.process = process;
        this.status = Path.of("/proc", Long.toString(process.pid()), "status");
        this.used = used();
        this.residentKb = residentKb(status);
        this.mostKb = residentKb;
        this.looking = Thread.ofPlatform().daemon().unstarted(this::look);
    }

    /**
     * What it has used meanwhile.
     *
     * @param cores of the processor on average
     * @param residentMb in the beginning
     * @param growthMb from there to the highest
     */
    record Reading(double cores, double residentMb, double growthMb) {}

    static ProcessMeter begin(long pid) throws IOException {
        ProcessMeter meter = new ProcessMeter(
                ProcessHandle.of(pid).orElseThrow(() -> new IOException("no process " + pid + " (expected: it runs)")));
        meter.looking.start();
        return meter;
    }

    Reading end() throws InterruptedException, IOException {
        over = true;
        looking.join();
        double cores = (double) used().minus(used).toNanos() / (System.nanoTime() - begin);
        return new Reading(cores, residentKb / 1024.0, (mostKb - residentKb) / 1024.0);
    }

    private Duration used() throws IOException {
        return process.info()
                .totalCpuDuration()
                .orElseThrow(() -> new IOException("process " + process.pid() + " has ended (expected: it runs)"));
    }

    private void look() {
        try {
            while (!over) {
                mostKb = Math.max(mostKb, residentKb(status));
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long residentKb(Path status) throws IOException {
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .sum();
    }
}
