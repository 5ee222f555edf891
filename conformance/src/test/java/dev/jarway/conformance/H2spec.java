package dev.jarway.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The program h2spec, which comes in an archive inside of a JAR. */
final class H2spec {
    static final String PASSED = "passed";
    static final String FAILED = "failed";

    private static final String VERSION = "2.2.0";
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Path directory;

    private H2spec(Path directory) {
        this.directory = directory;
    }

    /** One that leaves what it reports in the results of that name. */
    static H2spec reportingTo(String name) throws IOException, InterruptedException {
        Path directory = Suite.results(name);
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
        Path archive = Suite.file("h2spec/" + VERSION + "/h2spec_" + system + "_amd64.tar.gz");
        Path said = directory.resolve("tar.log");
        if (Suite.run(LIMIT, said, List.of("tar", "xzf", archive.toString(), "-C", directory.toString())) != 0) {
            throw new IOException(archive + " cannot be unpacked: " + Suite.tail(said));
        }
        return new H2spec(directory);
    }

    /**
     * Runs cases, strictly, against HTTP/2 without TLS.
     *
     * @param sections the parts of the suite; all, if none is named
     */
    List<CaseResult> run(int port, String... sections) throws Exception {
        Path report = directory.resolve("h2spec.xml");
        Path said = directory.resolve("h2spec.log");
        Files.deleteIfExists(report);
        List<String> command = new ArrayList<>(List.of(
                directory.resolve("h2spec").toString(),
                "--strict",
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--timeout",
                "2",
                "--junit-report",
                report.toString()));
        command.addAll(List.of(sections));
        // Its exit code says whether a case has failed; so does the report.
        int code = Suite.run(LIMIT, said, command);
        if (!Files.exists(report)) {
            throw new IOException("h2spec has ended with " + code + " and no report: " + Suite.tail(said));
        }
        return read(report);
    }

    private static List<CaseResult> read(Path report) throws Exception {
        NodeList elements = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(report.toFile())
                .getElementsByTagName("testcase");
        List<CaseResult> results = new ArrayList<>();
        for (int i = 0; i < elements.getLength(); i++) {
            Element element = (Element) elements.item(i);
            results.add(new CaseResult(
                    element.getAttribute("package"), element.getAttribute("classname"), verdict(element)));
        }
        return results;
    }

    private static String verdict(Element element) {
        if (has(element, "failure") || has(element, "error")) {
            return FAILED;
        }
        return has(element, "skipped") ? "skipped" : PASSED;
    }

    private static boolean has(Element element, String child) {
        return element.getElementsByTagName(child).getLength() > 0;
    }
}
