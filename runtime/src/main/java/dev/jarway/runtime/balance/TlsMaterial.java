package dev.jarway.runtime.balance;

import dev.jarway.runtime.config.Checked;
import dev.jarway.runtime.config.PemText;
import dev.jarway.runtime.config.Problem;
import dev.jarway.runtime.config.UpstreamTlsConfig;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;

/** Where the certificates and keys come from with which services are spoken to. Used by one thread, which may block. */
public final class TlsMaterial {
    private static final long LARGEST_FILE = 1024 * 1024;

    private final Vertx vertx;
    private final Path directory;

    /** Relative paths begin at that directory. */
    public TlsMaterial(Vertx vertx, Path directory) {
        this.vertx = vertx;
        this.directory = directory;
    }

    /**
     * What a configuration says, with what its files hold now.
     *
     * @param pointer where the configuration stands
     * @param before what the service has used so far; the same again if nothing has changed
     */
    public Checked<EndpointTls> read(UpstreamTlsConfig config, String pointer, Optional<EndpointTls> before) {
        List<Problem> problems = new ArrayList<>();
        Optional<String> ca = text(config.ca(), pointer + "/ca", problems);
        Optional<String> certificate = text(config.certificate(), pointer + "/certificate", problems);
        Optional<String> key = text(config.key(), pointer + "/key", problems);
        List<String> contents = List.of(ca.orElse(""), certificate.orElse(""), key.orElse(""));
        Optional<EndpointTls> same = before.filter(tls -> problems.isEmpty() && tls.isSame(config, contents));
        if (same.isPresent()) {
            return new Checked.Valid<>(same.get());
        }
        ClientSSLOptions options =
                new ClientSSLOptions().setHostnameVerificationAlgorithm(config.verify() ? "HTTPS" : "");
        trust(config.verify(), ca, pointer, problems)
                .ifPresent(trust -> options.setTrustOptions(TrustOptions.wrap(trust)));
        if (certificate.isPresent() && key.isPresent()) {
            show(certificate.get(), key.get(), pointer, options, problems);
        }
        return problems.isEmpty()
                ? new Checked.Valid<>(new EndpointTls(config, contents, options))
                : new Checked.Invalid<>(problems);
    }

    /** The files that a configuration names, which {@link #read} has read. */
    public Stream<Path> files(UpstreamTlsConfig config) {
        return Stream.of(config.ca(), config.certificate(), config.key())
                .flatMap(Optional::stream)
                .filter(written -> !PemText.isOne(written))
                .map(written -> directory.resolve(written).toAbsolutePath().normalize());
    }

    private Optional<String> text(Optional<String> written, String pointer, List<Problem> problems) {
        if (written.isEmpty() || PemText.isOne(written.get())) {
            return written;
        }
        try {
            Path file = directory.resolve(written.get());
            if (Files.size(file) > LARGEST_FILE) {
                problems.add(new Problem(pointer, "a file of more than 1 MiB", "a file in PEM"));
                return Optional.empty();
            }
            return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException | InvalidPathException e) {
            problems.add(new Problem(pointer, "cannot be read: " + e, "a file in PEM"));
            return Optional.empty();
        }
    }

    private Optional<TrustManagerFactory> trust(
            boolean verify, Optional<String> ca, String pointer, List<Problem> problems) {
        if (!verify) {
            return Optional.of(InsecureTrustManagerFactory.INSTANCE);
        }
        if (ca.isEmpty()) {
            return Optional.empty(); // Then it is what the JVM trusts.
        }
        try {
            return Optional.of(
                    new PemTrustOptions().addCertValue(Buffer.buffer(ca.get())).getTrustManagerFactory(vertx));
        } catch (Exception e) {
            problems.add(new Problem(pointer + "/ca", "no certificates that can be read", "certificates in PEM"));
            return Optional.empty();
        }
    }

    private void show(
            String certificate, String key, String pointer, ClientSSLOptions options, List<Problem> problems) {
        try {
            ClientIdentity identity = ClientIdentity.of(new PemKeyCertOptions()
                    .addCertValue(Buffer.buffer(certificate))
                    .addKeyValue(Buffer.buffer(key))
                    .getKeyManagerFactory(vertx));
            if (!identity.belongsTogether()) {
                problems.add(new Problem(
                        pointer + "/key", "not the key of the certificate", "the key of the first certificate"));
            }
            options.setKeyCertOptions(KeyCertOptions.wrap(identity.factory()));
        } catch (Exception e) {
            problems.add(new Problem(
                    pointer + "/certificate",
                    "no certificate and key that can be read",
                    "a certificate in PEM, and beside it its private key without a passphrase"));
        }
    }
}
