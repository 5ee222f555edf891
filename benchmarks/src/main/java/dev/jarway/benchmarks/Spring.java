package dev.jarway.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Spring Cloud Gateway: a program of a module of its own, so that its libraries are nobody else's.
 *
 * @param filters whether the five filters run in it
 */
record Spring(String name, boolean filters) implements Peer {
    private static final Path BUILT =
            Path.of("spring-cloud-gateway", "target").toAbsolutePath().normalize();
    private static final String LIBRARY = "spring-cloud-gateway-server-webflux-";

    static Spring bare() {
        return new Spring("spring-cloud-gateway-bare", false);
    }

    static Spring filtered() {
        return new Spring("spring-cloud-gateway", true);
    }

    @Override
    public String version() throws IOException {
        if (!Files.isDirectory(BUILT.resolve("lib"))) {
            throw new MissingException("it is not built in " + BUILT);
        }
        try (Stream<Path> jars = Files.list(BUILT.resolve("lib"))) {
            return jars.map(jar -> jar.getFileName().toString())
                    .filter(jar -> jar.startsWith(LIBRARY))
                    .map(jar -> jar.substring(LIBRARY.length(), jar.length() - ".jar".length()))
                    .findFirst()
                    .orElse("?");
        }
    }

    @Override
    public Server start(Site site) throws IOException, InterruptedException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx256m",
                "-Dreactor.netty.ioWorkerCount=1",
                "-cp",
                BUILT.resolve("classes") + ":" + BUILT.resolve("lib") + "/*",
                "dev.jarway.benchmarks.spring.Gateway",
                "--plain.port=" + site.plain(),
                "--server.port=" + site.secure(),
                "--server.ssl.certificate=" + site.certificate(),
                "--server.ssl.certificate-private-key=" + site.key(),
                "--service.port=" + site.upstream(),
                "--spring.profiles.active=" + (filters ? "filters" : "bare"));
        return Server.start(
                Cores.PROXY.pin(command),
                Map.of(),
                site.plain(),
                site.directory().resolve("log"));
    }
}
