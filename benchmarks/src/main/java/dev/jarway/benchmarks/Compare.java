package dev.jarway.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The comparison: all peers run at once on one processor, and are asked one after the other, in several rounds. */
final class Compare {
    private Compare() {}

    /** Options as {@link Plan} has them. */
    public static void main(String[] arguments) throws Exception {
        Plan plan = Plan.of(List.of(arguments));
        Path directory = Files.createTempDirectory("compare");
        int port = Server.freePort();
        List<Entrant> entrants = new ArrayList<>();
        try (Server upstream = Server.start(
                        Cores.REST.pin(JavaProgram.command(Upstream.class, Integer.toString(port))),
                        Map.of(),
                        port,
                        directory.resolve("upstream.log"));
                OpenLoop openLoop = OpenLoop.start()) {
            for (Peer peer : plan.peers()) {
                try {
                    entrants.add(Entrant.start(peer, Site.in(directory.resolve(peer.name()), upstream.port())));
                } catch (Peer.MissingException e) {
                    System.out.println(peer.name() + " is left out: " + e.getMessage());
                }
            }
            run(plan, entrants, openLoop);
        } finally {
            for (Entrant entrant : entrants) {
                entrant.close();
            }
        }
        System.out.println(Table.of(plan, entrants));
        System.out.println(Results.write(plan, entrants));
    }

    private static void run(Plan plan, List<Entrant> entrants, OpenLoop openLoop) throws IOException {
        for (Work work : plan.works()) {
            for (Entrant entrant : entrants) {
                entrant.warmUp(work, plan.warmUp(work));
            }
        }
        if (plan.rate() > 0) {
            for (Entrant entrant : entrants) {
                entrant.warmUp(openLoop, plan.rate(), Math.ceilDiv(plan.warmUp(), 4));
            }
        }
        for (int round = 1; round <= plan.rounds(); round++) {
            System.out.println("round " + round + " of " + plan.rounds());
            for (Work work : plan.works()) {
                for (Entrant entrant : entrants) {
                    entrant.measure(work, plan.seconds());
                }
            }
            for (Entrant entrant : plan.rate() == 0 ? List.<Entrant>of() : entrants) {
                entrant.measureLatency(openLoop, plan.rate(), plan.seconds());
            }
        }
    }
}
