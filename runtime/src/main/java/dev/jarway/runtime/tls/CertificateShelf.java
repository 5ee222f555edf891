package dev.jarway.runtime.tls;

import dev.jarway.runtime.config.CertificateConfig;
import dev.jarway.runtime.config.Problem;
import dev.jarway.runtime.config.TlsConfig;
import dev.jarway.runtime.tls.PemException.Part;
import dev.jarway.runtime.watch.FilesWatch;
import dev.jarway.runtime.watch.WatchOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The certificates that listeners show, and the eye on their files. What two configurations have in common is one and the same, so
 * that a change of something else neither reads it again nor minds if its files are wrong meanwhile. Safe from any thread.
 */
public final class CertificateShelf implements AutoCloseable {
    private final Path directory;
    private final FilesWatch watch;
    private volatile List<WatchedPem<?>> inUse = List.of();
    private volatile Runnable listener = () -> {};
    private volatile Set<Path> others = Set.of();
    private volatile Runnable othersListener = () -> {};

    private CertificateShelf(Path directory, WatchOptions options) {
        this.directory = directory;
        this.watch = FilesWatch.start("certificates", options, this::changed);
    }

    /** An empty one; relative paths begin at this directory. */
    public static CertificateShelf open(Path directory, WatchOptions options) {
        return new CertificateShelf(directory, options);
    }

    /**
     * Has these called, on the thread of the watch, after files have changed.
     *
     * @param ofListeners if they are those of certificates on this shelf, which has read them by then
     * @param ofOthers if they are among the others that are watched with them
     */
    public void onChange(Runnable ofListeners, Runnable ofOthers) {
        listener = ofListeners;
        othersListener = ofOthers;
    }

    /**
     * How a listener speaks TLS; empty if it cannot.
     *
     * @param pointer where that stands in the configuration
     * @param problems where it is noted why not
     */
    public Optional<ListenerTls> prepare(TlsConfig config, String pointer, List<Problem> problems) {
        int before = problems.size();
        List<WatchedPem<ServerCertificate>> certificates = new ArrayList<>();
        for (int i = 0; i < config.certificates().size(); i++) {
            try {
                certificates.add(certificate(config.certificates().get(i)));
            } catch (PemException e) {
                String key = e.part() == Part.CERT ? "/cert" : "/key";
                problems.add(new Problem(
                        pointer + "/certificates/" + i + key, String.valueOf(e.getMessage()), e.expected()));
            }
        }
        Optional<WatchedPem<Authorities>> trust = Optional.empty();
        if (config.trust().isPresent()) {
            try {
                trust = Optional.of(authorities(config.trust().get()));
            } catch (PemException e) {
                problems.add(new Problem(pointer + "/trust", String.valueOf(e.getMessage()), e.expected()));
            }
        }
        CipherNames.check(config, pointer, problems);
        return problems.size() > before
                ? Optional.empty()
                : Optional.of(new ListenerTls(config, certificates, trust, List.of()));
    }

    private WatchedPem<ServerCertificate> certificate(CertificateConfig config) throws PemException {
        PemPlace cert = PemPlace.of(config.cert(), directory, Part.CERT);
        PemPlace key = PemPlace.of(config.key(), directory, Part.KEY);
        return shared(
                List.of(cert, key),
                () -> ServerCertificate.checked(
                        cert.read(Part.CERT).certificates(), key.read(Part.KEY).key()));
    }

    private WatchedPem<Authorities> authorities(String written) throws PemException {
        PemPlace place = PemPlace.of(written, directory, Part.CERT);
        return shared(
                List.of(place), () -> new Authorities(place.read(Part.CERT).certificates()));
    }

    /** A certificate has two places and authorities have one, so what is found is of the right kind. */
    @SuppressWarnings("unchecked")
    private <T> WatchedPem<T> shared(List<PemPlace> places, WatchedPem.Making<T> making) throws PemException {
        for (WatchedPem<?> pem : inUse) {
            if (pem.places().equals(places)) {
                return (WatchedPem<T>) pem;
            }
        }
        return WatchedPem.load(places, making);
    }

    /**
     * Watches the files of these from now on, and lets go of all others.
     *
     * @param more further files to watch
     */
    public void keep(Collection<ListenerTls> inForce, Set<Path> more) {
        inUse = inForce.stream().flatMap(ListenerTls::pems).distinct().toList();
        others = Set.copyOf(more);
        watch.watch(Stream.concat(inForce.stream().flatMap(ListenerTls::files), more.stream())
                .collect(Collectors.toSet()));
    }

    private void changed(Set<Path> files) {
        boolean any = false;
        for (WatchedPem<?> pem : inUse) {
            if (pem.files().stream().anyMatch(files::contains)) {
                pem.reload();
                any = true;
            }
        }
        if (any) {
            listener.run();
        }
        if (!Collections.disjoint(others, files)) {
            othersListener.run();
        }
    }

    /** Ends the watch. */
    @Override
    public void close() {
        watch.close();
    }
}
