package dev.jarway.plugin;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** A plugin that gives the certificates which a TLS listener shows to its clients. */
@SuppressWarnings("try") // close() may well throw InterruptedException: the gateway is its only caller
public non-sealed interface CertificatePlugin extends Plugin {

    /**
     * The certificate for a server name, or empty to leave the choice to the listener.
     *
     * <p>Called during handshakes, by several event loops at once: it answers from memory and does not block.
     *
     * @param serverName the name the client asked for (SNI, RFC 6066 section 3), in lower case, without a final dot
     */
    Optional<Certificate> certificate(String serverName);

    /**
     * A certificate chain and its key.
     *
     * @param chain the leaf first, then each issuer; at least one
     * @param key the private key of the leaf
     */
    record Certificate(List<X509Certificate> chain, PrivateKey key) {
        public Certificate {
            chain = List.copyOf(chain);
            if (chain.isEmpty()) {
                throw new IllegalArgumentException("chain: empty (expected: at least the leaf certificate)");
            }
        }
    }
}
