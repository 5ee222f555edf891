package dev.jarway.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The program slowhttptest, which opens many connections and is slow on each; a Debian package. */
final class SlowHttpTest {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Path program;
    private final Path directory;
    private final String name;

    private SlowHttpTest(Path program, Path directory, String name) {
        this.program = program;
        this.directory = directory;
        this.name = name;
    }

    /**
     * How it stood one second after the other.
     *
     * @param second since the begin
     * @param closed how many connections the server had ended
     * @param open how many were open
     * @param served whether a request of another connection was answered within three seconds
     */
    record Second(int second, int closed, int open, boolean served) {}

    /** One that leaves what it reports in the results of that name. That it is missing is an error. */
    static SlowHttpTest reportingTo(String name) throws IOException {
        Path program = Stream.of(System.getenv("PATH").split(":", -1))
                .map(folder -> Path.of(folder, "slowhttptest"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IOException(
                        "no slowhttptest on the PATH (expected: apt-get install slowhttptest, on Debian)"));
        return new SlowHttpTest(program, Suite.results("slowhttptest"), name);
    }

    /** Runs it against a port until the server has ended all connections, or for so many seconds. */
    List<Second> run(int port, String path, int connections, int seconds, String... options) throws Exception {
        Path report = directory.resolve(name + ".csv");
        Path said = directory.resolve(name + ".log");
        Files.deleteIfExists(report);
        List<String> command = new ArrayList<>(List.of(program.toString(), "-g", "-o"));
        command.add(directory.resolve(name).toString());
        command.addAll(List.of("-u", "http://127.0.0.1:" + port + path, "-p", "3", "-r", "250"));
        command.addAll(List.of("-c", Integer.toString(connections), "-l", Integer.toString(seconds)));
        command.addAll(List.of(options));
        int code = Suite.run(LIMIT, said, command);
        if (!Files.exists(report)) {
            throw new IOException("slowhttptest has ended with " + code + " and no report: " + Suite.tail(said));
        }
        return Files.readAllLines(report).stream()
                .skip(1)
                .map(SlowHttpTest::second)
                .toList();
    }

    private static Second second(String line) {
        String[] columns = line.split(",", -1);
        return new Second(
                Integer.parseInt(columns[0].strip()),
                Integer.parseInt(columns[1].strip()),
                Integer.parseInt(columns[3].strip()),
                Integer.parseInt(columns[4].strip()) > 0);
    }
}
