package dev.jarway.conformance;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The program curl, asking a site. */
final class Curl {
    private static final Path NOTHING = Path.of("/dev/null");

    private final Program program;
    private final Site site;
    private final Path directory;

    private Curl(Program program, Site site, Path directory) {
        this.program = program;
        this.site = site;
        this.directory = directory;
    }

    /** One that keeps its files in that directory. */
    static Curl asking(Site site, Path directory) throws IOException {
        return new Curl(Program.of("curl", "curl"), site, directory);
    }

    /** A way to come to the site. */
    enum Way {
        HTTP1("HTTP/1.1", "--http1.1"),
        HTTP1_TLS("HTTP/1.1", "--http1.1"),
        HTTP2("HTTP/2", "--http2-prior-knowledge"),
        HTTP2_TLS("HTTP/2", "--http2");

        private final String version;
        private final String option;

        Way(String version, String option) {
            this.version = version;
            this.option = option;
        }

        /** What both sides speak then. */
        String version() {
            return version;
        }

        /** What curl has to be told for it. */
        List<String> options(Site site) {
            return List.of(option, "--cacert", site.file("authority.pem"));
        }

        /** The site's address for it. */
        String of(Site site) {
            return this == HTTP1_TLS || this == HTTP2_TLS ? site.secure() : site.plain();
        }
    }

    /**
     * What curl has got.
     *
     * @param version as in {@code HTTP/2}
     * @param heads of all responses, one after the other, in lower case, with trailers
     */
    record Got(String version, int status, String heads, Buffer body) {

        /** The body as text. */
        String text() {
            return body.toString();
        }
    }

    /** Asks in that way, with more options if need be. */
    Got ask(Way way, String path, String... options) throws Exception {
        return ask(NOTHING, way, path, options);
    }

    /** Asks, with that file as curl's input. */
    Got ask(Path input, Way way, String path, String... options) throws Exception {
        Path heads = directory.resolve("heads");
        Path body = directory.resolve("body");
        Files.deleteIfExists(body); // Which curl does not make if there is none.
        List<String> all = new ArrayList<>(way.options(site));
        all.addAll(List.of(options));
        all.addAll(List.of("-D", heads.toString(), "-o", body.toString()));
        all.addAll(List.of("-w", "HTTP/%{http_version} %{response_code}", way.of(site) + path));
        Program.Said said = run(input, all);
        if (said.code() != 0) {
            throw new IOException("curl " + all + " has ended with " + said.code() + ": " + said.err());
        }
        String[] told = said.out().split(" ", -1);
        return new Got(
                told[0],
                Integer.parseInt(told[1]),
                Files.readString(heads).toLowerCase(Locale.ROOT),
                Buffer.buffer(Files.exists(body) ? Files.readAllBytes(body) : new byte[0]));
    }

    /** Runs it with exactly these options and addresses. */
    Program.Said run(List<String> options) throws Exception {
        return run(NOTHING, options);
    }

    private Program.Said run(Path input, List<String> options) throws Exception {
        List<String> all = new ArrayList<>(List.of("-sS", "--max-time", "120", "--noproxy", "*"));
        all.addAll(options);
        return program.run(input, all);
    }
}
