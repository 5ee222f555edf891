package dev.jarway.runtime.listener;

import dev.jarway.runtime.tls.ServerCertificate;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Gives to each handshake the certificate that fits it at that moment: the name that the client asks for, and the kind of key that
 * it can deal with. Safe from any thread.
 */
final class SniKeyManager extends X509ExtendedKeyManager {
    private static final String ALIAS = "chosen";

    /** A handshake chooses, then takes key and chain, all in one go; what was chosen may have been replaced meanwhile. */
    private static final ThreadLocal<ServerCertificate> CHOSEN = new ThreadLocal<>();

    private final Function<@Nullable String, List<ServerCertificate>> certificates;

    /** One that chooses from those that fit the name; null stands for a client that does not say. */
    SniKeyManager(Function<@Nullable String, List<ServerCertificate>> certificates) {
        this.certificates = certificates;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        for (ServerCertificate certificate : certificates.apply(engine == null ? null : requested(engine))) {
            if (certificate.keyType().equals(keyType)) {
                CHOSEN.set(certificate);
                return ALIAS;
            }
        }
        return null;
    }

    private static @Nullable String requested(SSLEngine engine) {
        SSLSession handshake = engine.getHandshakeSession();
        if (handshake instanceof ExtendedSSLSession session) {
            return session.getRequestedServerNames().stream()
                    .filter(SNIHostName.class::isInstance)
                    .map(name -> ((SNIHostName) name).getAsciiName().toLowerCase(Locale.ROOT))
                    .findFirst()
                    .orElse(null);
        }
        return handshake == null ? null : QuicHandshake.requested(handshake);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        ServerCertificate certificate = CHOSEN.get();
        return certificate == null ? null : certificate.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        ServerCertificate certificate = CHOSEN.get();
        return certificate == null ? null : certificate.key();
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
