package dev.jarway.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** h2load, which asks over HTTP/2: four requests at a time on each connection. */
final class H2load {
    private static final int STREAMS = 4;
    private static final Pattern REQUESTS =
            Pattern.compile("requests: (\\d+) total, .* (\\d+) done, (\\d+) succeeded, (\\d+) failed");

    private H2load() {}

    static Load.Outcome run(Work work, Site site, int seconds) throws IOException {
        List<String> options = List.of(
                "-t1",
                "-c" + work.connections() / STREAMS,
                "-m" + STREAMS,
                "-D" + seconds,
                "https://localhost:" + site.secure() + work.path());
        String said = Program.said(
                Cores.REST.pin(Program.require("h2load", "nghttp2-client").command(options)));
        Matcher requests = REQUESTS.matcher(said);
        if (!requests.find()) {
            throw new IOException("h2load " + options + " says: " + said);
        }
        return new Load.Outcome(Long.parseLong(requests.group(3)), Long.parseLong(requests.group(4)));
    }
}
