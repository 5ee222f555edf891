package dev.jarway.conformance;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The Autobahn test suite as a client, in a process of its own, for it is written in Python 2 and runs in Jython. */
final class Autobahn {
    /** With all but these a case has shown that something is wrong. */
    static final Set<String> GOOD = Set.of("OK", "NON-STRICT", "INFORMATIONAL");

    private static final String SERVER = "server";
    private static final Duration LIMIT = Duration.ofMinutes(30);

    private final Path directory;

    private Autobahn(Path directory) {
        this.directory = directory;
    }

    /** One that leaves what it reports in the results of that name. */
    static Autobahn reportingTo(String name) throws IOException {
        return new Autobahn(Suite.results(name));
    }

    /**
     * Runs cases against a server that echoes.
     *
     * @param cases what they are called, as in {@code 9.1.*}
     * @return of each case what it says of the messages, and of the closing if that was not right
     */
    List<CaseResult> run(int port, String... cases) throws Exception {
        Path reports = directory.resolve("reports");
        Path index = reports.resolve("index.json");
        Files.deleteIfExists(index);
        Path said = directory.resolve("autobahn.log");
        Path specification = Files.writeString(
                directory.resolve("fuzzingclient.json"),
                specification(port, reports, cases).encode());
        int code = Suite.run(
                LIMIT,
                said,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-Dpython.cachedir.skip=true",
                        "-classpath",
                        Suite.file("autobahn/jython-standalone.jar")
                                + File.pathSeparator
                                + Suite.file("autobahn/autobahntestsuite-maven-plugin.jar"),
                        "org.python.util.jython",
                        script().toString(),
                        specification.toString()));
        JsonObject report = Files.exists(index) ? new JsonObject(Files.readString(index)) : new JsonObject();
        if (!report.containsKey(SERVER)) {
            throw new IOException("Autobahn has ended with " + code + " and no report: " + Suite.tail(said));
        }
        return read(report.getJsonObject(SERVER));
    }

    private Path script() throws IOException {
        Path script = directory.resolve("fuzzingclient.py");
        try (InputStream source = Autobahn.class.getResourceAsStream("/autobahn/fuzzingclient.py")) {
            Files.write(script, Objects.requireNonNull(source).readAllBytes());
        }
        return script;
    }

    private static JsonObject specification(int port, Path reports, String... cases) {
        JsonObject server = new JsonObject()
                .put("agent", SERVER)
                .put("url", "ws://127.0.0.1:" + port)
                .put("options", new JsonObject().put("version", 18));
        return new JsonObject()
                .put("options", new JsonObject().put("failByDrop", false))
                .put("outdir", reports.toString())
                .put("servers", new JsonArray().add(server))
                .put("cases", new JsonArray(List.of((Object[]) cases)))
                .put("exclude-cases", new JsonArray());
    }

    private static List<CaseResult> read(JsonObject cases) {
        List<CaseResult> results = new ArrayList<>();
        for (String id : cases.fieldNames()) {
            JsonObject found = cases.getJsonObject(id);
            String behavior = found.getString("behavior");
            String close = found.getString("behaviorClose");
            results.add(new CaseResult(
                    id.substring(0, id.indexOf('.')),
                    id,
                    GOOD.contains(behavior) && !GOOD.contains(close) ? close + " (closing)" : behavior));
        }
        results.sort(Comparator.comparing(CaseResult::name, Autobahn::byNumber));
        return results;
    }

    private static int byNumber(String one, String other) {
        return Arrays.compare(numbers(one), numbers(other));
    }

    private static int[] numbers(String id) {
        return Stream.of(id.split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
    }
}
