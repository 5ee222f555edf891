package dev.jarway.soak;

import dev.jarway.soak.load.Upstream;
import dev.jarway.soak.subject.Jarway;
import dev.jarway.soak.subject.JarwayOptions;
import dev.jarway.soak.subject.Peers;
import dev.jarway.soak.subject.Subject;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The program. Prints the table and what is not as it has to be, and exits with 1 if there is something.
 *
 * <p>What counts as what:
 *
 * <ul>
 *   <li><b>failed</b>: a wrong status, a wrong body, a missing stamp, or no answer.
 *   <li><b>cut</b>: a connection closed with requests on it, a GOAWAY, an upload or poll that broke off, a WebSocket or
 *       stream of events that ended before the drain deadline or not in its protocol's way. A stream that ends properly after
 *       the deadline ends by design: the client opens it again, and no event may be missing then.
 *   <li><b>stale</b>: an answer by code or configuration older than what had been acknowledged when the request was sent.
 * </ul>
 *
 * <p>The drain deadline is set to a little more than an upload takes. So uploads and polls are never ended by design, and
 * WebSockets and events, which are open throughout, are.
 */
public final class Soak {
    private static final int BREACHED = 1;

    private Soak() {}

    /** Runs as the system properties {@code soak.*} say. */
    public static void main(String[] arguments) {
        int code = BREACHED;
        try {
            code = run();
        } catch (Exception e) {
            System.out.println("The soak could not be run to its end.");
            e.printStackTrace(System.out);
        }
        System.exit(code);
    }

    private static int run() throws Exception {
        Plan plan = Plan.of(System.getProperties());
        clear(plan.directory());
        List<Figures> columns = new ArrayList<>();
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        try (Upstream upstream = Upstream.start(vertx)) {
            columns.add(run(plan, vertx, upstream, jarway(plan, upstream)));
            System.out.println(Table.of(columns));
            for (String peer : plan.beside()) {
                Optional<Subject> found = Peers.start(peer, plan.directory().resolve(peer), upstream.port());
                if (found.isEmpty()) {
                    System.out.println(peer + " is not installed: its column is left out");
                } else {
                    columns.add(run(plan, vertx, upstream, found.get()));
                }
            }
        }
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        if (columns.size() > 1) {
            System.out.println(Table.of(columns));
        }
        return tell(plan, Judgement.of(columns.getFirst()));
    }

    private static Subject jarway(Plan plan, Upstream upstream) throws Exception {
        return Jarway.start(
                Files.createDirectories(plan.directory().resolve("jarway")),
                new JarwayOptions(
                        upstream.port(),
                        plan.drainDeadline(),
                        System.getProperty("java.class.path"),
                        plan.without(),
                        plan.jvm()));
    }

    private static Figures run(Plan plan, Vertx vertx, Upstream upstream, Subject subject) throws Exception {
        try (subject) {
            System.out.println("Soak of " + subject.name() + ": " + plan.swaps() + " swaps of code and as many of"
                    + " configuration under " + plan.rate() + " requests per second");
            return new Run(plan, vertx, upstream, subject).figures();
        }
    }

    private static int tell(Plan plan, List<Breach> breaches) {
        boolean broken = false;
        for (Breach breach : breaches) {
            boolean counts = plan.full() || !breach.ofTime();
            broken |= counts;
            System.out.println((counts ? "BREACH   " : "slow     ") + breach);
        }
        System.out.println(broken ? "The soak has failed." : "Nothing failed, nothing was cut, nothing was stale.");
        return broken ? BREACHED : 0;
    }

    private static void clear(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> old = Files.walk(directory)) {
                for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
