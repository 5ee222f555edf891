package dev.jarway.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** The outcome as a file: every round of every peer, with machine and versions. */
final class Results {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final Path DIRECTORY = Path.of("results");

    private Results() {}

    /** Writes it; where to. */
    static Path write(Plan plan, List<Entrant> entrants) throws IOException {
        ObjectNode all = JSON.createObjectNode();
        all.put("at", ZonedDateTime.now(ZoneOffset.UTC).withNano(0).toString());
        ObjectNode machine = all.putObject("machine");
        machine.put("processor", processor());
        machine.put("processors", Runtime.getRuntime().availableProcessors());
        machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        machine.put("java", System.getProperty("java.vm.version"));
        all.put("seconds", plan.seconds());
        all.put("warmUpSeconds", plan.warmUp());
        all.put("rate", plan.rate());
        ObjectNode peers = all.putObject("peers");
        for (Entrant entrant : entrants) {
            ObjectNode peer = peers.putObject(entrant.name());
            peer.put("version", entrant.version());
            ObjectNode works = peer.putObject("rounds");
            entrant.rounds().forEach((work, rounds) -> works.putPOJO(work.key(), rounds));
            peer.putPOJO("latencyMicros", entrant.latencies());
        }
        Files.createDirectories(DIRECTORY);
        String name =
                ZonedDateTime.now(ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HHmm")) + ".json";
        return Files.write(DIRECTORY.resolve(name), JSON.writeValueAsBytes(all));
    }

    private static String processor() throws IOException {
        return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 2))
                .findFirst()
                .orElse("?");
    }
}
