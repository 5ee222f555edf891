package dev.jarway.runtime.listener;

import dev.jarway.runtime.config.ClientAuth;
import dev.jarway.runtime.config.ListenerConfig;
import dev.jarway.runtime.config.ListenerProtocol;
import dev.jarway.runtime.proxy.ProxyLoop;
import dev.jarway.runtime.tls.Authorities;
import dev.jarway.runtime.tls.ListenerTls;
import dev.jarway.runtime.tls.ServerCertificate;
import dev.jarway.runtime.tls.TlsTerms;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one address shows of TLS. Certificates are those in force at the moment of a handshake; terms are too, once {@link #renew} has
 * been called. Connections that are open do not notice either. Safe from any thread.
 */
final class TlsFront {
    private static final Logger log = LoggerFactory.getLogger(TlsFront.class);

    private final Supplier<Optional<ListenerTls>> inForce;
    private final EventLoops loops;
    private final SniKeyManager keys = new SniKeyManager(this::find);
    private volatile @Nullable TlsTerms shown;

    /** The front of an address that speaks TLS as that says, which may be another way from time to time. */
    TlsFront(Supplier<Optional<ListenerTls>> inForce, EventLoops loops) {
        this.inForce = inForce;
        this.loops = loops;
    }

    /** How it speaks TLS now. */
    Optional<ListenerTls> tls() {
        return inForce.get();
    }

    /** Called in handshakes, on the event loop of the connection. */
    private List<ServerCertificate> find(@Nullable String name) {
        Optional<ListenerTls> tls = tls();
        Optional<ProxyLoop> here = loops.here();
        if (tls.isEmpty() || here.isEmpty()) {
            return List.of();
        }
        return tls.get().find(name, here.get().scope().crossing());
    }

    /** For all servers of this address, those without TLS included: TLS may come to it later. */
    SSLEngineOptions engine() {
        return new FrontEngine(
                () -> tls().map(tls -> tls.terms().sessionTickets()).orElse(true));
    }

    /** What a server over TCP begins with. */
    synchronized ServerSSLOptions options(ListenerConfig config) {
        TlsTerms terms = tls().orElseThrow().terms();
        shown = terms;
        ServerSSLOptions options = options(terms);
        options.setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        options.setSslHandshakeTimeout(config.limits().headersWithin().toMillis());
        if (!config.spoken().contains(ListenerProtocol.H2)) {
            // Vert.x sees to this where there is a choice. A client that wants something else is told so (RFC 7301
            // section 3.2).
            options.setUseAlpn(true).setApplicationLayerProtocols(List.of("http/1.1", "http/1.0"));
        }
        return options;
    }

    private ServerSSLOptions options(TlsTerms terms) {
        ServerSSLOptions options = new ServerSSLOptions()
                .setKeyCertOptions(KeyCertOptions.wrap(keys))
                .setEnabledSecureTransportProtocols(new LinkedHashSet<>(terms.versions()))
                .setClientAuth(clientAuth(terms.clientAuth()));
        terms.ciphers().forEach(options::addEnabledCipherSuite);
        terms.trust().ifPresent(trust -> options.setTrustOptions(TrustOptions.wrap(trusting(trust))));
        return options;
    }

    private static io.vertx.core.http.ClientAuth clientAuth(ClientAuth auth) {
        return switch (auth) {
            case NONE -> io.vertx.core.http.ClientAuth.NONE;
            case OPTIONAL -> io.vertx.core.http.ClientAuth.REQUEST;
            case REQUIRED -> io.vertx.core.http.ClientAuth.REQUIRED;
        };
    }

    private static TrustManagerFactory trusting(Authorities authorities) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < authorities.certificates().size(); i++) {
                store.setCertificateEntry("ca" + i, authorities.certificates().get(i));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("certificates that could be read cannot be trusted", e);
        }
    }

    /** What a server over QUIC begins with, which asks for the certificate by name. */
    ServerSSLOptions quicOptions() {
        return options(tls().orElseThrow().terms())
                .setKeyCertOptions(new NamedKeys(keys, this::keysFor))
                .setSni(true)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"));
    }

    private @Nullable X509KeyManager keysFor(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean known = tls().map(tls -> tls.knows(lower)).orElse(false);
        return known ? new SniKeyManager(unnamed -> find(lower)) : null;
    }

    /** Has new handshakes of that server, and of those that share its address, go by the terms in force now. */
    synchronized Future<Void> renew(HttpServer server, @Nullable Http3Side http3) {
        TlsTerms terms = tls().map(ListenerTls::terms).orElse(null);
        if (terms == null || terms.equals(shown)) {
            return Future.succeededFuture();
        }
        return server.updateSSLOptions(options(terms), true)
                .compose(renewed -> http3 == null ? Future.succeededFuture() : http3.renewTls(this))
                .onSuccess(renewed -> shown = terms)
                .onFailure(failure -> log.error("The terms of TLS could not be replaced", failure))
                .mapEmpty();
    }
}
