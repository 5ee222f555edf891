package dev.jarway.runtime.config;

import jakarta.validation.constraints.NotBlank;

/**
 * A certificate and its key, in PEM.
 *
 * @param cert the file with the certificate and those of its issuers, the leaf first; or what such a file holds
 * @param key the file with the private key; or what such a file holds
 */
public record CertificateConfig(
        @NotBlank String cert, @NotBlank String key) {

    /** The key may be there itself. */
    @Override
    public String toString() {
        return "CertificateConfig[" + (PemText.isOne(cert) ? "PEM" : cert) + "]";
    }
}
