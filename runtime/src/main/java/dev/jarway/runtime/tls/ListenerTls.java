package dev.jarway.runtime.tls;

import dev.jarway.loader.boundary.Crossing;
import dev.jarway.runtime.config.TlsConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How one listener speaks TLS under one configuration. What its files say may change under it. Safe from any thread. */
public final class ListenerTls {
    private static final Duration SOON = Duration.ofDays(14);

    private final TlsConfig config;
    private final List<WatchedPem<ServerCertificate>> certificates;
    private final Optional<WatchedPem<Authorities>> trust;
    private final List<HostedCertificates> plugins;
    private volatile CertificateTable table;

    ListenerTls(
            TlsConfig config,
            List<WatchedPem<ServerCertificate>> certificates,
            Optional<WatchedPem<Authorities>> trust,
            List<HostedCertificates> plugins) {
        this.config = config;
        this.certificates = List.copyOf(certificates);
        this.trust = trust;
        this.plugins = List.copyOf(plugins);
        this.table = new CertificateTable(shown());
    }

    /** The same with these plugins, which are asked first. */
    public ListenerTls with(List<HostedCertificates> hosted) {
        return new ListenerTls(config, certificates, trust, hosted);
    }

    /** What was asked for. */
    public TlsConfig config() {
        return config;
    }

    /** What it demands of handshakes now. */
    public TlsTerms terms() {
        return new TlsTerms(
                config.minVersion(),
                config.ciphers(),
                config.sessionTickets(),
                config.clientAuth(),
                trust.map(WatchedPem::current));
    }

    /**
     * The certificates for a name: what a plugin gives, else those that have it, else those that are shown in any case. None if a
     * plugin has failed, and the handshake is to fail with it.
     *
     * @param name in lower case; null for a client that does not say
     * @param crossing of the current thread
     */
    public List<ServerCertificate> find(@Nullable String name, Crossing crossing) {
        if (name != null) {
            for (HostedCertificates plugin : plugins) {
                Optional<List<ServerCertificate>> given = plugin.find(name, crossing);
                if (given.isPresent()) {
                    return given.get();
                }
            }
        }
        return table().find(name);
    }

    private CertificateTable table() {
        CertificateTable now = table;
        List<ServerCertificate> shown = shown();
        if (!now.isOf(shown)) {
            now = new CertificateTable(shown);
            table = now;
        }
        return now;
    }

    private List<ServerCertificate> shown() {
        return certificates.stream().map(WatchedPem::current).toList();
    }

    /** What an operator can be told of one of its certificates. */
    public record Standing(String from, List<String> names, Instant notAfter, Optional<String> problem) {}

    /** How its certificates are. */
    public List<Standing> standings() {
        return certificates.stream()
                .map(pem -> new Standing(
                        pem.places().getFirst().toString(),
                        pem.current().names(),
                        pem.current().notAfter(),
                        pem.problem()))
                .toList();
    }

    /** What an operator ought to know, though it is no error. */
    public List<String> warnings(Instant now) {
        List<String> warnings = new ArrayList<>();
        for (Standing standing : standings()) {
            String certificate = "certificate " + standing.from();
            standing.problem()
                    .ifPresent(problem ->
                            warnings.add(certificate + ": " + problem + "; what was there before stays in use"));
            if (now.isAfter(standing.notAfter())) {
                warnings.add(certificate + " has expired: it was valid until " + standing.notAfter());
            } else if (now.plus(SOON).isAfter(standing.notAfter())) {
                warnings.add(certificate + " expires soon: it is valid until " + standing.notAfter());
            }
        }
        for (WatchedPem<ServerCertificate> pem : certificates) {
            if (now.isBefore(pem.current().notBefore())) {
                warnings.add("certificate " + pem.places().getFirst() + " is not valid yet, but from "
                        + pem.current().notBefore() + " on");
            }
        }
        trust.ifPresent(pem -> pem.problem()
                .ifPresent(problem -> warnings.add(
                        "trust " + pem.places().getFirst() + ": " + problem + "; what was there before stays in use")));
        return warnings;
    }

    Stream<WatchedPem<?>> pems() {
        return Stream.concat(certificates.stream(), trust.stream());
    }

    Stream<Path> files() {
        return pems().flatMap(pem -> pem.files().stream());
    }
}
