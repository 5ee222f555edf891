package dev.jarway.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** h2load, which asks over HTTP/2: four requests at a time on each connection. */
final class H2load {
    private static final int STREAMS = 4;

    /** How long after its time it has to end. It never does where a connection comes up only then: that one goes on for ever. */
    private static final int PATIENCE_SECONDS = 10;

    private static final String BEGUN = "spawning thread";
    private static final Pattern REQUESTS =
            Pattern.compile("requests: (\\d+) total, .* (\\d+) done, (\\d+) succeeded, (\\d+) failed");

    private H2load() {}

    static Load.Outcome run(Work work, Site site, int seconds) throws IOException {
        List<String> options =
                new ArrayList<>(List.of("-t1", "-c" + work.connections() / STREAMS, "-m" + STREAMS, "-D" + seconds));
        options.addAll(Load.fieldOptions());
        options.add("https://localhost:" + site.secure() + work.path());
        List<String> limited = new ArrayList<>(
                Program.require("timeout", "coreutils").command(List.of(Integer.toString(seconds + PATIENCE_SECONDS))));
        limited.addAll(Program.require("h2load", "nghttp2-client").command(options));
        String said = Program.said(Cores.REST.pin(limited));
        Matcher requests = REQUESTS.matcher(said);
        if (!requests.find()) {
            if (said.contains(BEGUN)) {
                return new Load.Outcome(0, work.connections());
            }
            throw new IOException("h2load " + options + " says: " + said);
        }
        return new Load.Outcome(Long.parseLong(requests.group(3)), Long.parseLong(requests.group(4)));
    }
}
