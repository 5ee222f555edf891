package dev.jarway.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** wrk, which asks over HTTP/1.1. */
final class Wrk {
    private static final Pattern ANSWERED = Pattern.compile("(\\d+) requests in");
    private static final Pattern REFUSED = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
    private static final Pattern BROKEN =
            Pattern.compile("Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");

    private Wrk() {}

    static Load.Outcome run(Work work, Site site, int seconds) throws IOException {
        List<String> options =
                new ArrayList<>(List.of("-t1", "-c" + work.connections(), "-d" + seconds + "s", "--timeout", "10s"));
        options.addAll(Load.fieldOptions());
        if (!work.script().isEmpty()) {
            options.addAll(
                    List.of("-s", site.file(work.key() + ".lua", work.script()).toString()));
        }
        options.add((work.secure() ? "https://localhost:" + site.secure() : "http://127.0.0.1:" + site.plain())
                + work.path());
        String said = Program.said(Cores.REST.pin(Program.require("wrk", "wrk").command(options)));
        Matcher answered = ANSWERED.matcher(said);
        if (!answered.find()) {
            throw new IOException("wrk " + options + " says: " + said);
        }
        Matcher broken = BROKEN.matcher(said);
        long failed = number(REFUSED.matcher(said), 1);
        if (broken.find()) {
            for (int kind = 1; kind <= 4; kind++) {
                failed += Long.parseLong(broken.group(kind));
            }
        }
        return new Load.Outcome(Long.parseLong(answered.group(1)), failed);
    }

    private static long number(Matcher matcher, int group) {
        return matcher.find() ? Long.parseLong(matcher.group(group)) : 0;
    }
}
