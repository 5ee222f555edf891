package dev.jarway.plugin;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** The TLS session of a client's connection. */
public interface TlsSession {

    /** The protocol, as the JDK names it: {@code TLSv1.3}. */
    String protocol();

    /** The cipher suite, as the JDK names it. */
    String cipherSuite();

    /** The server name that the client asked for (SNI), in lower case. */
    Optional<String> serverName();

    /** The client's verified certificate, the leaf first; empty if it gave none. */
    List<X509Certificate> clientCertificates();
}
