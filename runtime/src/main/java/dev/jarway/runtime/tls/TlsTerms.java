package dev.jarway.runtime.tls;

import dev.jarway.runtime.config.ClientAuth;
import java.util.List;
import java.util.Optional;

/**
 * What a listener demands of a handshake. A session that was agreed on under other terms is not taken up again.
 *
 * @param minVersion the lowest version that is spoken
 * @param ciphers cipher suites, the preferred ones first
 * @param sessionTickets whether sessions may be taken up again
 * @param clientAuth whether clients show certificates
 * @param trust whose
 */
public record TlsTerms(
        String minVersion,
        List<String> ciphers,
        boolean sessionTickets,
        ClientAuth clientAuth,
        Optional<Authorities> trust) {

    /** Forward secrecy, and encryption that authenticates. */
    private static final List<String> STANDARD = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    public TlsTerms {
        ciphers = ciphers.isEmpty() ? STANDARD : List.copyOf(ciphers);
    }

    /** The versions that are spoken, by their names in the JDK. */
    public List<String> versions() {
        return minVersion.equals("1.3") ? List.of("TLSv1.3") : List.of("TLSv1.2", "TLSv1.3");
    }
}
