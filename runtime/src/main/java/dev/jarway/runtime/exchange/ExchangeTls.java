package dev.jarway.runtime.exchange;

import dev.jarway.plugin.TlsSession;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The TLS session of a client's connection, as filters see it.
 *
 * @param indicated the server name as the connection has it, for sessions that do not: those of HTTP/3
 */
record ExchangeTls(SSLSession session, @Nullable String indicated) implements TlsSession {

    @Override
    public String protocol() {
        return session.getProtocol();
    }

    @Override
    public String cipherSuite() {
        return session.getCipherSuite();
    }

    @Override
    public Optional<String> serverName() {
        if (!(session instanceof ExtendedSSLSession extended)) {
            return Optional.ofNullable(indicated).map(name -> name.toLowerCase(Locale.ROOT));
        }
        return extended.getRequestedServerNames().stream()
                .filter(SNIHostName.class::isInstance)
                .map(name -> ((SNIHostName) name).getAsciiName().toLowerCase(Locale.ROOT))
                .findFirst();
    }

    @Override
    public List<X509Certificate> clientCertificates() {
        try {
            return Arrays.stream(session.getPeerCertificates())
                    .filter(X509Certificate.class::isInstance)
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (SSLPeerUnverifiedException e) {
            return List.of(); // The client gave none.
        }
    }
}
