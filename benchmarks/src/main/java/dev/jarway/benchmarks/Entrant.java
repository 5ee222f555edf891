package dev.jarway.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A peer that runs, with what has been measured of it. */
final class Entrant implements AutoCloseable {
    private final Peer peer;
    private final String version;
    private final Site site;
    private final Server server;
    private final Map<Work, List<Measured>> rounds = new EnumMap<>(Work.class);
    private final List<OpenLoop.Latencies> latencies = new ArrayList<>();

    private Entrant(Peer peer, String version, Site site, Server server) {
        this.peer = peer;
        this.version = version;
        this.site = site;
        this.server = server;
    }

    /** Starts a peer, and sees that it does what it is to be measured for. */
    static Entrant start(Peer peer, Site site) throws IOException, InterruptedException {
        String version = peer.version();
        Server server = peer.start(site);
        try {
            Proof.of(peer, site);
        } catch (IOException | InterruptedException e) {
            server.close();
            throw e;
        }
        return new Entrant(peer, version, site, server);
    }

    String name() {
        return peer.name();
    }

    String version() {
        return version;
    }

    /** What it has done of that work. */
    List<Measured> rounds(Work work) {
        return rounds.getOrDefault(work, List.of());
    }

    Map<Work, List<Measured>> rounds() {
        return rounds;
    }

    List<OpenLoop.Latencies> latencies() {
        return latencies;
    }

    void warmUp(Work work, int seconds) throws IOException {
        var unused = Load.of(work).run(work, site, seconds);
    }

    void measure(Work work, int seconds) throws IOException {
        rounds.computeIfAbsent(work, first -> new ArrayList<>())
                .add(Measured.of(server, () -> Load.of(work).run(work, site, seconds)));
    }

    void warmUp(OpenLoop load, int rate, int seconds) throws IOException {
        var unused = load.run(site, rate, seconds);
    }

    void measureLatency(OpenLoop load, int rate, int seconds) throws IOException {
        latencies.add(load.run(site, rate, seconds));
    }

    @Override
    public void close() {
        server.close();
    }
}
