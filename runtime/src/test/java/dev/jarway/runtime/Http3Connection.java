package dev.jarway.runtime;

import io.netty.pkitesting.X509Bundle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConfig;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A client that speaks HTTP/3, over one connection. */
final class Http3Connection implements AutoCloseable {
    private final Vertx vertx;
    private final HttpClientAgent client;
    private final HttpClientConnection connection;
    private final boolean first;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean leaving = new AtomicBoolean();
    private final TestAuthority authority;
    private final @Nullable X509Bundle certificate;
    private final String host;
    private final int port;

    /** Connects to that port of this machine, and asks for that host. */
    Http3Connection(TestAuthority authority, String host, int port) throws Exception {
        this(authority, null, host, port);
    }

    /** The same, and shows that certificate if there is one. */
    Http3Connection(TestAuthority authority, @Nullable X509Bundle certificate, String host, int port) throws Exception {
        this(Vertx.vertx(), null, authority, certificate, host, port);
    }

    private Http3Connection(
            Vertx vertx,
            @Nullable HttpClientAgent before,
            TestAuthority authority,
            @Nullable X509Bundle certificate,
            String host,
            int port)
            throws Exception {
        this.vertx = vertx;
        this.first = before == null;
        this.authority = authority;
        this.certificate = certificate;
        this.host = host;
        this.port = port;
        this.client = before == null ? client(vertx, authority, certificate) : before;
        try {
            connection = client.connect(new HttpConnectOptions()
                            .setServer(SocketAddress.inetSocketAddress(port, "127.0.0.1"))
                            .setHost(host)
                            .setPort(port))
                    .map(open -> {
                        open.closeHandler(end -> closed.set(true));
                        return open;
                    })
                    .await(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            if (first) {
                vertx.close().await();
            }
            throw e;
        }
        connection.shutdownHandler(leave -> leaving.set(true));
    }

    private static HttpClientAgent client(Vertx vertx, TestAuthority authority, @Nullable X509Bundle certificate) {
        HttpClientConfig config =
                new HttpClientConfig().setVersions(HttpVersion.HTTP_3).setSsl(true);
        ClientSSLOptions options = new ClientSSLOptions()
                .setHostnameVerificationAlgorithm("")
                .setTrustOptions(TrustOptions.wrap(authority.root().toTrustManager()));
        if (certificate != null) {
            options.setKeyCertOptions(new PemKeyCertOptions()
                    .addCertValue(Buffer.buffer(certificate.getCertificatePathPEM()))
                    .addKeyValue(Buffer.buffer(certificate.getPrivateKeyPEM())));
        }
        return vertx.httpClientBuilder().with(config).with(options).build();
    }

    /** Another connection, for which the client remembers the sessions of those before. It ends with this one. */
    Http3Connection again() throws Exception {
        return new Http3Connection(vertx, client, authority, certificate, host, port);
    }

    /** Whether the gateway has said that it takes no more requests on it. */
    boolean isLeaving() {
        return leaving.get();
    }

    /** Whether the gateway has closed it. */
    boolean isClosed() {
        return closed.get();
    }

    /** The common name on the certificate that was shown. */
    String shown() throws Exception {
        X509Certificate leaf = (X509Certificate) connection.sslSession().getPeerCertificates()[0];
        return leaf.getSubjectX500Principal().getName().replace("CN=", "");
    }

    /** A request that has not been sent yet. */
    HttpClientRequest request(HttpMethod method, String path) throws Exception {
        return connection
                .request(new RequestOptions()
                        .setMethod(method)
                        .setHost(host)
                        .setPort(port)
                        .setURI(path))
                .await(20, TimeUnit.SECONDS);
    }

    /** The answer to a GET, before its body. */
    HttpClientResponse begin(String path) throws Exception {
        return ClientAnswers.begin(request(HttpMethod.GET, path)).await(20, TimeUnit.SECONDS);
    }

    /** The body of the answer to a GET. It does not come, and does not fail, where the connection is closed meanwhile. */
    Future<String> ask(String path) {
        return connection
                .request(new RequestOptions()
                        .setMethod(HttpMethod.GET)
                        .setHost(host)
                        .setPort(port)
                        .setURI(path))
                .compose(request -> ClientAnswers.body(request))
                .map(Buffer::toString);
    }

    /** The body of the answer to a GET. */
    String get(String path) throws Exception {
        return ClientAnswers.body(request(HttpMethod.GET, path))
                .await(20, TimeUnit.SECONDS)
                .toString();
    }

    /** The body of the answer to a POST. */
    String post(String path, String body) throws Exception {
        return ClientAnswers.body(request(HttpMethod.POST, path), Buffer.buffer(body))
                .await(20, TimeUnit.SECONDS)
                .toString();
    }

    @Override
    public void close() {
        if (first) {
            client.close().await();
            vertx.close().await();
        }
    }
}
