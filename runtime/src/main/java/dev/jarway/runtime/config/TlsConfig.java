package dev.jarway.runtime.config;

import dev.jarway.plugin.Default;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Optional;

/**
 * How a listener speaks TLS.
 *
 * @param certificates what it shows to clients: the one whose name fits what the client asks for, else the first
 * @param plugins plugins that give certificates; they are asked first, in order
 * @param minVersion the lowest version that is spoken
 * @param ciphers cipher suites by their names in the JDK, the preferred ones first; if there are none, those that have
 *     forward secrecy and authenticate what they encrypt
 * @param sessionTickets whether a client that comes back may take up its session again
 * @param clientAuth whether clients show certificates too
 * @param trust the authorities that have to stand behind clients' certificates: a PEM file
 * @param forwardClientCert whether services are told the client's certificate (RFC 9440)
 */
public record TlsConfig(
        @Default("[]") List<CertificateConfig> certificates,
        @Default("[]") List<CertificatePluginConfig> plugins,

        @Default("1.2") @Pattern(regexp = "^1\\.[23]$", message = "1.2 or 1.3")
        String minVersion,

        @Default("[]") List<@NotBlank String> ciphers,
        @Default("true") boolean sessionTickets,
        @Default("none") ClientAuth clientAuth,
        Optional<@NotBlank String> trust,
        @Default("false") boolean forwardClientCert) {}
