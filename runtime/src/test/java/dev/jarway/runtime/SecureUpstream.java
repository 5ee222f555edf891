package dev.jarway.runtime;

import io.netty.pkitesting.X509Bundle;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** An endpoint over TLS: it answers with the protocol, the name that it was asked for, and who it says is asking. */
final class SecureUpstream implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final HttpServer server;

    private SecureUpstream(HttpServerOptions options) {
        server = vertx.createHttpServer(options)
                .connectionHandler(opened -> connections.incrementAndGet())
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .await();
    }

    /** One that shows that certificate. */
    static SecureUpstream showing(X509Bundle certificate) {
        return new SecureUpstream(options(certificate));
    }

    /** One that wants to see a certificate of that authority, too. */
    static SecureUpstream demanding(X509Bundle certificate, X509Bundle authority) {
        return new SecureUpstream(options(certificate)
                .setClientAuth(ClientAuth.REQUIRED)
                .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(authority.getCertificatePEM()))));
    }

    private static HttpServerOptions options(X509Bundle certificate) {
        return new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setSni(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertValue(Buffer.buffer(certificate.getCertificatePathPEM()))
                        .addKeyValue(Buffer.buffer(certificate.getPrivateKeyPEM())));
    }

    private void answer(HttpServerRequest request) {
        requests.incrementAndGet();
        request.response()
                .end(request.version()
                        + " "
                        + Optional.ofNullable(request.connection().indicatedServerName())
                                .filter(name -> !name.isEmpty())
                                .orElse("nobody")
                        + " " + peer(request));
    }

    private static String peer(HttpServerRequest request) {
        try {
            @Nullable
            List<java.security.cert.Certificate> chain = request.connection().peerCertificates();
            return chain == null
                    ? "stranger"
                    : ((X509Certificate) chain.getFirst())
                            .getSubjectX500Principal()
                            .getName();
        } catch (SSLPeerUnverifiedException e) {
            return "stranger";
        }
    }

    /** How many requests have arrived. */
    int requests() {
        return requests.get();
    }

    /** How many connections have been opened. */
    int connections() {
        return connections.get();
    }

    String url() {
        return "https://127.0.0.1:" + server.actualPort();
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
