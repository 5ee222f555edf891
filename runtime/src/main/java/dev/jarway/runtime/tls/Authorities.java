package dev.jarway.runtime.tls;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Whose certificates are taken.
 *
 * @param certificates of the authorities
 */
public record Authorities(List<X509Certificate> certificates) {
    public Authorities {
        certificates = List.copyOf(certificates);
    }

    @Override
    public String toString() {
        return certificates.size() + " authorities";
    }
}
