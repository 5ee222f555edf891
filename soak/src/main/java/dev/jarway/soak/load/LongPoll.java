package dev.jarway.soak.load;

import dev.jarway.soak.measure.Attempt;
import dev.jarway.soak.measure.Kind;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;

/** Requests that the service answers after some seconds only. */
final class LongPoll implements Traffic {
    private final Setting setting;
    private final Duration wait;
    private final HttpClientAgent client;
    private final Beat beat;

    LongPoll(Setting setting, Duration wait, double perSecond) {
        this.setting = setting;
        this.wait = wait;
        this.client =
                setting.vertx().createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(1_000));
        this.beat = new Beat(setting.vertx(), perSecond, this::send);
    }

    @Override
    public Future<?> start() {
        beat.start();
        return Future.succeededFuture();
    }

    private void send(long due) {
        Attempt attempt = setting.ledger().begin(Kind.LONG_POLL, due);
        client.request(setting.request(HttpMethod.GET, "/t/poll/" + wait.toMillis()))
                .compose(HttpClientRequest::send)
                .compose(response -> check(response, attempt))
                .onFailure(failure -> attempt.cut(failure.toString()));
    }

    private static Future<Void> check(HttpClientResponse response, Attempt attempt) {
        boolean accepted = attempt.accepts(response.statusCode(), response.headers()::get);
        return response.body().map(body -> {
            if (!body.toString().equals(Upstream.POLLED)) {
                attempt.failed("body: " + body + " (expected: " + Upstream.POLLED + ")");
            } else if (accepted) {
                attempt.answeredInItsTime();
            }
            return null;
        });
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
