package dev.jarway.conformance;

import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A server that is flooded.
 *
 * @param pid of its process
 * @param port on loopback
 * @param certificate that it shows; null if it speaks without TLS
 */
record FloodTarget(long pid, int port, @Nullable X509Bundle certificate) {

    boolean isSecure() {
        return certificate != null;
    }

    /** Opens a connection to it, which speaks HTTP/2 if it is one of TLS. */
    Socket open() throws IOException {
        X509Bundle shown = certificate;
        return shown == null ? new Socket(InetAddress.getLoopbackAddress(), port) : secure(shown);
    }

    private Socket secure(X509Bundle shown) throws IOException {
        SSLSocket socket =
                (SSLSocket) trusting(shown).getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setSoLinger(true, 0); // Else it waits at its end for a write that may never come to its own.
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static SSLContext trusting(X509Bundle certificate) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, certificate.toTrustManagerFactory().getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }
}
