package dev.jarway.runtime.listener;

import dev.jarway.runtime.config.ClientAuth;
import dev.jarway.runtime.config.ListenerConfig;
import dev.jarway.runtime.config.ListenerProtocol;
import dev.jarway.runtime.proxy.ProxyLoop;
import dev.jarway.runtime.tls.ListenerTls;
import dev.jarway.runtime.tls.ServerCertificate;
import dev.jarway.runtime.tls.TlsTerms;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.TrustOptions;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one address shows of TLS. Certificates are those in force at the moment of a handshake; terms are too, once {@link #renew}
 * has been called. Connections that are open do not notice either. Safe from any thread.
 */
final class TlsFront {
    private static final Logger log = LoggerFactory.getLogger(TlsFront.class);
    private static final ClientTerms NOBODY = new ClientTerms(ClientAuth.NONE, Optional.empty(), true);

    private final Supplier<Optional<ListenerTls>> inForce;
    private final EventLoops loops;
    private final SniKeyManager keys = new SniKeyManager(this::find);
    private final LiveTrust trust =
            new LiveTrust(() -> tls().flatMap(tls -> tls.terms().trust()));
    private final QuicTls quic = new QuicTls(this::clientTerms, keys, trust);
    private final QuicPort udp = new QuicPort();
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
        terms.trust().ifPresent(trust -> options.setTrustOptions(TrustOptions.wrap(LiveTrust.factory(trust))));
        return options;
    }

    private static io.vertx.core.http.ClientAuth clientAuth(ClientAuth auth) {
        return switch (auth) {
            case NONE -> io.vertx.core.http.ClientAuth.NONE;
            case OPTIONAL -> io.vertx.core.http.ClientAuth.REQUEST;
            case REQUIRED -> io.vertx.core.http.ClientAuth.REQUIRED;
        };
    }

    /** How it speaks TLS over QUIC. */
    QuicTls quic() {
        return quic;
    }

    /** Its UDP sockets: of all listeners that have the address, as long as one follows upon the other. */
    QuicPort udp() {
        return udp;
    }

    /** Where TLS has just been taken off, those before are as good as any: nobody who meets them is admitted. */
    private ClientTerms clientTerms() {
        return tls().map(ListenerTls::terms).map(ClientTerms::of).orElse(NOBODY);
    }

    /**
     * Whether a client over QUIC has shown what is demanded now. Its handshake may have begun by what was demanded before, or it
     * may have taken up a session from before.
     */
    boolean admits(SSLSession session) {
        Optional<ClientTerms> demanded = tls().map(ListenerTls::terms).map(ClientTerms::of);
        if (demanded.isEmpty()) {
            return false;
        }
        Certificate[] shown = shown(session);
        if (shown.length == 0) {
            return demanded.get().auth() != ClientAuth.REQUIRED;
        }
        if (demanded.get().auth() == ClientAuth.NONE) {
            return false; // It would be taken for one that has been looked at.
        }
        try {
            trust.check(shown);
            return true;
        } catch (CertificateException e) {
            log.debug("A client shows a certificate that is not taken", e);
            return false;
        }
    }

    private static Certificate[] shown(SSLSession session) {
        try {
            return session.getPeerCertificates();
        } catch (SSLPeerUnverifiedException e) {
            log.trace("A client has shown no certificate", e);
            return new Certificate[0];
        }
    }

    /** Has new handshakes of that server, and of those that share its address over TCP, go by the terms in force now. */
    synchronized Future<Void> renew(HttpServer server) {
        TlsTerms terms = tls().map(ListenerTls::terms).orElse(null);
        if (terms == null || terms.equals(shown)) {
            return Future.succeededFuture();
        }
        return server.updateSSLOptions(options(terms), true)
                .onSuccess(renewed -> shown = terms)
                .onFailure(failure -> log.error("The terms of TLS could not be replaced", failure))
                .mapEmpty();
    }
}
