package dev.jarway.runtime.listener;

import dev.jarway.runtime.tls.ListenerTls;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The fields by which a service learns the certificate of the client (RFC 9440). What a client sends in them is never let in. */
final class ClientCertFields {
    private static final Logger log = LoggerFactory.getLogger(ClientCertFields.class);
    private static final CharSequence CERT = HttpHeaders.createOptimized("client-cert");
    private static final CharSequence CHAIN = HttpHeaders.createOptimized("client-cert-chain");

    private ClientCertFields() {}

    /** Takes out what the client has written there, and writes what is so, where services are to know. */
    static void write(HttpServerRequest request, Optional<ListenerTls> tls) {
        MultiMap fields = request.headers();
        fields.remove(CERT);
        fields.remove(CHAIN);
        if (tls.isPresent() && tls.get().config().forwardClientCert()) {
            SSLSession session = request.sslSession();
            Certificate[] certificates = session == null ? new Certificate[0] : peer(session);
            if (certificates.length > 0) {
                fields.set(CERT, binary(certificates[0]));
            }
            if (certificates.length > 1) {
                fields.set(
                        CHAIN,
                        Arrays.stream(certificates)
                                .skip(1)
                                .map(ClientCertFields::binary)
                                .collect(Collectors.joining(", ")));
            }
        }
    }

    private static Certificate[] peer(SSLSession session) {
        try {
            return session.getPeerCertificates();
        } catch (SSLPeerUnverifiedException e) {
            log.trace("A client has shown no certificate", e);
            return new Certificate[0];
        }
    }

    /** As a byte sequence of structured fields (RFC 9651 section 3.3.5). */
    private static String binary(Certificate certificate) {
        try {
            return ":" + Base64.getEncoder().encodeToString(certificate.getEncoded()) + ":";
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read cannot be written", e);
        }
    }
}
