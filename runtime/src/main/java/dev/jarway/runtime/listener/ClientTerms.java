package dev.jarway.runtime.listener;

import dev.jarway.runtime.config.ClientAuth;
import dev.jarway.runtime.tls.Authorities;
import dev.jarway.runtime.tls.TlsTerms;
import java.util.Optional;

/**
 * What a listener demands of its clients over QUIC, and offers those who come back.
 *
 * @param auth whether they show certificates
 * @param trust whose
 * @param sessionTickets whether they may take up a session again
 */
record ClientTerms(ClientAuth auth, Optional<Authorities> trust, boolean sessionTickets) {

    static ClientTerms of(TlsTerms terms) {
        return new ClientTerms(terms.clientAuth(), terms.trust(), terms.sessionTickets());
    }
}
