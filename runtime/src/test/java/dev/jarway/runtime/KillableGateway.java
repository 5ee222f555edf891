package dev.jarway.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A gateway in a process of its own, which can be killed. */
final class KillableGateway implements AutoCloseable {
    private static final Pattern ADMIN = Pattern.compile("\\s+admin\\s+http://127\\.0\\.0\\.1:(\\d+)\\s.*");
    private static final String TOKEN = "secret";

    private final Process process;
    private final HttpClient client;
    private final int port;

    private KillableGateway(Process process, HttpClient client, int port) {
        this.process = process;
        this.client = client;
        this.port = port;
    }

    /** Starts one; returns when it serves. */
    static KillableGateway start(Path config, Path plugins, Path data) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.jarway.runtime.cli.Main",
                "run"));
        command.addAll(List.of("--config", config.toString(), "--plugins", plugins.toString()));
        command.addAll(List.of("--data", data.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JARWAY_ADMIN_TOKEN", TOKEN);
        Process process = builder.start();
        CompletableFuture<Integer> port = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> read(process, port));
        try {
            return new KillableGateway(process, HttpClient.newHttpClient(), port.get(60, TimeUnit.SECONDS));
        } catch (Exception e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static void read(Process process, CompletableFuture<Integer> port) {
        List<String> lines = new ArrayList<>();
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
                var admin = ADMIN.matcher(line);
                if (admin.matches()) {
                    port.complete(Integer.parseInt(admin.group(1)));
                }
            }
        } catch (IOException e) {
            lines.add(e.toString());
        }
        port.completeExceptionally(new IllegalStateException("it has not started:\n" + String.join("\n", lines)));
    }

    HttpRequest.Builder admin(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("authorization", "Bearer " + TOKEN);
    }

    /** Sends a request; {@link UncheckedIOException} if the process is gone. */
    HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    JsonNode get(String path) {
        return StoppableGateway.json(send(admin(path).build()));
    }

    /** Ends it without giving it a chance to end anything itself, as {@code kill -9} does. */
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
        client.shutdownNow();
        try {
            process.waitFor(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
