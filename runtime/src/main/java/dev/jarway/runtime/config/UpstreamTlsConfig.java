package dev.jarway.runtime.config;

import dev.jarway.plugin.Default;
import jakarta.validation.constraints.NotBlank;
import java.util.Optional;

/**
 * How a service's {@code https://} endpoints are spoken to. Files are in PEM; a text with {@code -----BEGIN} in it is what such
 * a file holds.
 *
 * @param serverName the name that is asked for, and that the certificate has to have; if not given, the endpoint's host
 * @param ca the file with the authorities that have to stand behind certificates; if not given, those of the JVM
 * @param certificate the file with the certificate that the gateway shows, then those of its issuers
 * @param key the file with the private key of that
 * @param verify whether the endpoint's certificate is looked at
 */
public record UpstreamTlsConfig(
        Optional<String> serverName,
        Optional<@NotBlank String> ca,
        Optional<@NotBlank String> certificate,
        Optional<@NotBlank String> key,
        @Default("true") boolean verify) {

    /** The key may be there itself. */
    @Override
    public String toString() {
        return "UpstreamTlsConfig[serverName=" + serverName + ", verify=" + verify + "]";
    }
}
