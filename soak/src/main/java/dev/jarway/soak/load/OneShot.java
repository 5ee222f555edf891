package dev.jarway.soak.load;

import dev.jarway.soak.measure.Kind;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;

/** Small requests, each on a connection of its own. */
final class OneShot implements Traffic {
    private static final int NO_LIMIT = 10_000;

    private final Setting setting;
    private final HttpClientAgent client;
    private final Beat beat;
    private long sent;

    OneShot(Setting setting, double perSecond) {
        this.setting = setting;
        this.client = setting.vertx()
                .createHttpClient(
                        new HttpClientOptions().setKeepAlive(false), new PoolOptions().setHttp1MaxSize(NO_LIMIT));
        this.beat = new Beat(setting.vertx(), perSecond, this::send);
    }

    @Override
    public Future<?> start() {
        beat.start();
        return Future.succeededFuture();
    }

    private void send(long due) {
        var attempt = setting.ledger().begin(Kind.ONE_SHOT, due);
        var unused = EchoRequest.send(client, setting, "/t/echo/once/" + sent++, attempt);
    }

    @Override
    public void rest() {
        beat.stop();
    }

    @Override
    public void end() {
        var unused = client.close();
    }
}
