package dev.jarway.runtime.listener;

import dev.jarway.runtime.config.ClientAuth;
import dev.jarway.runtime.tls.Authorities;
import dev.jarway.runtime.tls.TlsTerms;
import java.util.Optional;

/**
 * What a listener demands of its clients' certificates. Over QUIC it holds for a socket as long as that is open.
 *
 * @param auth whether they show some
 * @param trust whose
 */
record ClientTerms(ClientAuth auth, Optional<Authorities> trust) {

    static ClientTerms of(TlsTerms terms) {
        return new ClientTerms(terms.clientAuth(), terms.trust());
    }
}
