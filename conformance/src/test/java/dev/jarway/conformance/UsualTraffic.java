package dev.jarway.conformance;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Many clients without ill will, over HTTP/1.1 and HTTP/2, who ask for small and large things as fast as they get them. */
final class UsualTraffic {
    private static final int CLIENTS = 50; // Of each protocol.

    private final FloodTarget target;
    private final long end;

    private UsualTraffic(FloodTarget target, long end) {
        this.target = target;
        this.end = end;
    }

    /** Goes on for so long. */
    static void run(FloodTarget target, Duration length) throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            UsualTraffic traffic = new UsualTraffic(target, System.nanoTime() + length.toNanos());
            List<Future<?>> clients = new ArrayList<>();
            for (HttpVersion version : List.of(HttpVersion.HTTP_1_1, HttpVersion.HTTP_2)) {
                HttpClient client = vertx.createHttpClient(new HttpClientOptions()
                        .setProtocolVersion(version)
                        .setHttp2ClearTextUpgrade(false)
                        .setSsl(target.isSecure())
                        .setUseAlpn(target.isSecure())
                        .setTrustAll(true)
                        .setVerifyHost(false));
                for (int i = 0; i < CLIENTS; i++) {
                    clients.add(traffic.ask(client, i % 10 == 0 ? VertxService.LARGE : "/"));
                }
            }
            Future.all(clients).toCompletionStage().toCompletableFuture().get();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get();
        }
    }

    private Future<?> ask(HttpClient client, String path) {
        return client.request(HttpMethod.GET, target.port(), "127.0.0.1", path)
                .compose(request -> request.send().compose(response -> response.body()))
                .compose(body -> System.nanoTime() - end < 0 ? ask(client, path) : Future.succeededFuture());
    }
}
