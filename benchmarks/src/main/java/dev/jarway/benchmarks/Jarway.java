package dev.jarway.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Jarway, as its launcher starts it.
 *
 * @param filters whether the samples that are the five filters run in it
 */
record Jarway(String name, boolean filters) implements Peer {
    private static final Path LAUNCHER =
            Path.of("..", "jarway").toAbsolutePath().normalize();

    /** Where the build of this module puts the samples. */
    private static final Path SAMPLES = Path.of("target", "samples");

    private static final String FILTERS = """
            filters:
              - plugin: request-id
              - plugin: ip-allow
                config:
                  allow: [10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, "fd00::/8", 127.0.0.0/8]
                  deny: [127.0.66.0/24]
              - plugin: header-auth
                config: { name: x-api-key, value: benchmark }
              - plugin: rate-limit
                config: { perSecond: 1000000, burst: 1000000, key: "header:x-api-key" }
              - plugin: header-transform
                config:
                  request: { remove: [x-api-key], rename: { x-client: x-caller }, set: { x-gateway: compare } }
                  response: { remove: [x-powered-by], rename: { x-node: x-served-by }, add: { cache-control: no-store } }
            """;

    static Jarway bare() {
        return new Jarway("jarway", false);
    }

    static Jarway filtered() {
        return new Jarway("jarway-5", true);
    }

    @Override
    public String version() throws IOException {
        return new Program(LAUNCHER).version("--version");
    }

    @Override
    public Server start(Site site) throws IOException, InterruptedException {
        Path config = site.file("jarway.yaml", """
                listeners:
                  - { name: web, host: 127.0.0.1, port: %1$d }
                  - { name: secure, host: 127.0.0.1, port: %2$d, tls: { certificates: [{ cert: %4$s, key: %5$s }] } }
                admin: { port: 0 }
                services:
                  - { name: service, endpoints: [{ url: "http://127.0.0.1:%3$d" }] }
                routes:
                  - { name: all, service: service }
                %6$s
                """.formatted(
                site.plain(), site.secure(), site.upstream(), site.certificate(), site.key(), filters ? FILTERS : ""));
        List<String> options = List.of(
                "run",
                "--config",
                config.toString(),
                "--plugins",
                plugins(site).toString(),
                "--data",
                site.directory().resolve("data").toString());
        return Server.start(
                Cores.PROXY.pin(new Program(LAUNCHER).command(options)),
                Map.of("JARWAY_BUILD", "never"),
                site.plain(),
                site.directory().resolve("log"));
    }

    private Path plugins(Site site) throws IOException {
        Path folder = Files.createDirectories(folder(site));
        if (filters) {
            for (Path jar : samples()) {
                Files.copy(jar, folder.resolve(jar.getFileName()));
            }
        }
        return folder;
    }

    private static List<Path> samples() throws IOException {
        try (Stream<Path> jars = Files.list(SAMPLES)) {
            return jars.toList();
        }
    }

    /** The JAR of one of the five filters. */
    static Path sample(String plugin) throws IOException {
        return samples().stream()
                .filter(jar -> jar.getFileName().toString().startsWith(plugin + "-"))
                .findFirst()
                .orElseThrow(() -> new IOException("no " + plugin + " in " + SAMPLES.toAbsolutePath()));
    }

    /** Where that is dropped. */
    static Path dropped(Site site, String plugin) throws IOException {
        return folder(site).resolve(sample(plugin).getFileName());
    }

    private static Path folder(Site site) {
        return site.directory().resolve("plugins");
    }
}
