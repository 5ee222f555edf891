package dev.jarway.runtime.listener;

import dev.jarway.runtime.tls.Authorities;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whose certificates are taken from clients at the moment of a handshake, whatever was so when the server was made. Safe from any
 * thread.
 */
final class LiveTrust implements X509TrustManager {
    private final Supplier<Optional<Authorities>> inForce;
    private volatile @Nullable Known last;

    /** What was made of authorities. */
    private record Known(Authorities authorities, X509TrustManager manager) {}

    /** That of those authorities; of nobody where there are none. */
    LiveTrust(Supplier<Optional<Authorities>> inForce) {
        this.inForce = inForce;
    }

    /** What the JDK makes of authorities. */
    static TrustManagerFactory factory(Authorities authorities) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < authorities.certificates().size(); i++) {
                store.setCertificateEntry("ca" + i, authorities.certificates().get(i));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("certificates that could be read cannot be trusted", e);
        }
    }

    /** Fails if this chain, that of the client first, is not one to be taken now. */
    void check(Certificate[] chain) throws CertificateException {
        X509Certificate[] certificates =
                Arrays.stream(chain).map(X509Certificate.class::cast).toArray(X509Certificate[]::new);
        checkClientTrusted(certificates, certificates[0].getPublicKey().getAlgorithm());
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        Authorities authorities = inForce.get().orElseThrow(() -> new CertificateException("nobody is trusted"));
        Known known = last;
        if (known == null || !known.authorities().equals(authorities)) {
            known = new Known(authorities, manager(authorities));
            last = known;
        }
        known.manager().checkClientTrusted(chain, authType);
    }

    private static X509TrustManager manager(Authorities authorities) {
        for (TrustManager manager : factory(authorities).getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new IllegalStateException("the JDK has no trust manager for X.509");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this is the server");
    }

    /** None: the server would go on to name them to clients when they are others. Clients show what they have then. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
