package dev.jarway.benchmarks;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.transport.Transport;

/** A proxy written by hand on Vert.x, as bare as it can be: what the stack itself takes. It refuses nothing, and no filter runs. */
final class BareProxy {
    private final HttpClient client;
    private final int upstream;

    private BareProxy(HttpClient client, int upstream) {
        this.client = client;
        this.upstream = upstream;
    }

    /** The ports without and with TLS, that of the service, a certificate and its key, and the name of Vert.x's transport. */
    public static void main(String[] arguments) {
        Vertx vertx = Vertx.builder()
                .with(new VertxOptions().setEventLoopPoolSize(1))
                .withTransport(transport(arguments[5]))
                .build();
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(true), new PoolOptions().setHttp1MaxSize(1024));
        BareProxy proxy = new BareProxy(client, Integer.parseInt(arguments[2]));
        HttpServerOptions plain = options(arguments[0]);
        HttpServerOptions secure = options(arguments[1])
                .setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(
                        new PemKeyCertOptions().setCertPath(arguments[3]).setKeyPath(arguments[4]));
        vertx.createHttpServer(secure)
                .requestHandler(proxy::serve)
                .listen()
                .compose(listens -> vertx.createHttpServer(plain)
                        .requestHandler(proxy::serve)
                        .listen())
                .onFailure(failure -> {
                    System.err.println(failure);
                    System.exit(1);
                });
    }

    /** That of this name, available or not. */
    static Transport transport(String name) {
        return name.equals(Transport.IO_URING.name()) ? Transport.IO_URING : Transport.EPOLL;
    }

    private static HttpServerOptions options(String port) {
        return new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(Integer.parseInt(port))
                .setAcceptBacklog(4096);
    }

    private void serve(HttpServerRequest request) {
        request.pause();
        client.request(new RequestOptions()
                        .setMethod(request.method())
                        .setHost("127.0.0.1")
                        .setPort(upstream)
                        .setURI(request.uri()))
                .compose(to -> {
                    request.headers().forEach(field -> {
                        if (!field.getKey().equalsIgnoreCase("host")
                                && !field.getKey().equalsIgnoreCase("connection")) {
                            to.headers().add(field.getKey(), field.getValue());
                        }
                    });
                    if (request.headers().contains("content-length")
                            || request.headers().contains("transfer-encoding")) {
                        return to.send(request);
                    }
                    request.resume();
                    return to.send();
                })
                .onSuccess(answer -> pass(answer, request))
                .onFailure(failure -> request.response().setStatusCode(502).end());
    }

    private static void pass(HttpClientResponse answer, HttpServerRequest request) {
        request.response().setStatusCode(answer.statusCode());
        answer.headers().forEach(field -> {
            if (!field.getKey().equalsIgnoreCase("connection")) {
                request.response().headers().add(field.getKey(), field.getValue());
            }
        });
        answer.pipeTo(request.response())
                .onFailure(failure -> request.response().reset());
    }
}
