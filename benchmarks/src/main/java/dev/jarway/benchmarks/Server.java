package dev.jarway.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server that runs as a process of its own on one processor, with its children, and what these have used. */
final class Server implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_EVERY_MILLIS = 10;

    /** What Linux counts processor time in: USER_HZ, 100 everywhere. */
    private static final long NANOS_PER_TICK = 10_000_000;

    private final Process process;
    private final int port;

    private Server(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Nothing can say which port it was given, so one is looked for before. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Starts one; returns when it accepts connections on its port. */
    static Server start(List<String> command, Map<String, String> environment, int port, Path log)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        Process process =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        Server server = new Server(process, port);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!server.accepts()) {
            if (!process.isAlive() || System.nanoTime() - end > 0) {
                server.close();
                throw new IOException(
                        command + " does not listen on port " + port + "; it says:\n" + Files.readString(log));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
        }
        return server;
    }

    private boolean accepts() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    /** The time of a processor that it and its children have used so far. */
    Duration used() throws IOException {
        long ticks = 0;
        for (ProcessHandle part : parts()) {
            // After the name, which may hold blanks: state is field 3, the user's and the system's time are 14 and 15.
            String stat = Files.readString(Path.of("/proc", Long.toString(part.pid()), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        }
        return Duration.ofNanos(ticks * NANOS_PER_TICK);
    }

    /** Their memory now. */
    long residentKb() throws IOException {
        long kb = 0;
        for (ProcessHandle part : parts()) {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(part.pid()), "status"))) {
                if (line.startsWith("VmRSS:")) {
                    kb += Long.parseLong(line.replaceAll("[^0-9]", ""));
                }
            }
        }
        return kb;
    }

    private List<ProcessHandle> parts() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .filter(ProcessHandle::isAlive)
                .toList();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
