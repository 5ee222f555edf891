package dev.jarway.runtime;

import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A client over TLS that trusts one authority, and may show a certificate. */
final class TlsClient {
    private final TestAuthority authority;
    private final @Nullable X509Bundle certificate;
    private final SSLContext remembering;

    private TlsClient(TestAuthority authority, @Nullable X509Bundle certificate) {
        this.authority = authority;
        this.certificate = certificate;
        this.remembering = context();
    }

    static TlsClient trusting(TestAuthority authority) {
        return new TlsClient(authority, null);
    }

    static TlsClient showing(TestAuthority authority, X509Bundle certificate) {
        return new TlsClient(authority, certificate);
    }

    /** One that remembers no session from before. */
    private SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManager[] keys = certificate == null ? null : keys(certificate);
            context.init(keys, authority.root().toTrustManagerFactory().getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyManager[] keys(X509Bundle certificate) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "mine", certificate.getKeyPair().getPrivate(), new char[0], certificate.getCertificatePathWithRoot());
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }

    /** A client of the JDK's. */
    HttpClient http(HttpClient.Version version) {
        return HttpClient.newBuilder().sslContext(context()).version(version).build();
    }

    /** Opens a connection and asks for that host; for none if that is null. */
    SSLSocket open(int port, @Nullable String host) throws IOException {
        return open(port, host, parameters -> {});
    }

    /** Opens a connection that is special in some way. */
    SSLSocket open(int port, @Nullable String host, Consumer<SSLParameters> special) throws IOException {
        return open(context(), port, host, special);
    }

    /** The same, and takes up the session of the time before if it can. */
    SSLSocket openAgain(int port, @Nullable String host, Consumer<SSLParameters> special) throws IOException {
        return open(remembering, port, host, special);
    }

    /** Goes on over a connection that is open already. */
    SSLSocket over(Socket socket) throws IOException {
        SSLSocket secure = (SSLSocket) context().getSocketFactory().createSocket(socket, "127.0.0.1", 0, true);
        secure.startHandshake();
        return secure;
    }

    private static SSLSocket open(SSLContext context, int port, @Nullable String host, Consumer<SSLParameters> special)
            throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        try {
            socket.setSoTimeout(10_000);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(host == null ? List.of() : List.of(new SNIHostName(host)));
            special.accept(parameters);
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** The common name on the certificate that a client is shown who asks for that host. */
    String shown(int port, @Nullable String host) throws IOException {
        try (SSLSocket socket = open(port, host)) {
            return shown(socket);
        }
    }

    /** The common name on the certificate that was shown. */
    static String shown(SSLSocket socket) throws IOException {
        X509Certificate leaf = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        return leaf.getSubjectX500Principal().getName().replace("CN=", "");
    }
}
