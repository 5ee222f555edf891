package dev.jarway.soak.load;

import dev.jarway.soak.measure.Attempt;
import dev.jarway.soak.measure.Kind;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Random;

/** Requests whose bodies trickle for half a minute. The service answers with the digest of what arrived. */
final class SlowUpload implements Traffic {
    private static final long EVERY_MILLIS = 250;
    private static final int PIECE = 2_048;

    private final Setting setting;
    private final long pieces;
    private final long noAnswerMillis;
    private final HttpClientAgent client;
    private final Beat beat;
    private final Random random = new Random(1);

    SlowUpload(Setting setting, Duration time, double perSecond) {
        this.setting = setting;
        this.pieces = time.toMillis() / EVERY_MILLIS;
        this.noAnswerMillis = time.plusSeconds(20).toMillis();
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
        Attempt attempt = setting.ledger().begin(Kind.UPLOAD, due);
        client.request(setting.request(HttpMethod.POST, "/t/upload").setTimeout(noAnswerMillis))
                .compose(request -> trickle(request, attempt))
                .onFailure(failure -> attempt.cut(failure.toString()));
    }

    private Future<Void> trickle(HttpClientRequest request, Attempt attempt) {
        MessageDigest digest = Upstream.sha256();
        request.setChunked(true);
        long[] left = {pieces};
        long timer = setting.vertx().setPeriodic(0, EVERY_MILLIS, id -> {
            byte[] piece = new byte[PIECE];
            random.nextBytes(piece);
            digest.update(piece);
            request.write(Buffer.buffer(piece)).onFailure(failure -> attempt.cut("while sending: " + failure));
            if (--left[0] == 0) {
                setting.vertx().cancelTimer(id);
                var unused = request.end();
            }
        });
        return request.response()
                .onComplete(any -> setting.vertx().cancelTimer(timer))
                .compose(response ->
                        // The digest is whole only if the answer came after the body's end; if not, it is not the
                        // service's.
                        check(response, digest, attempt));
    }

    /** If the answer comes before the body's end, the digest is none of the service's, and does not fit. */
    private static Future<Void> check(HttpClientResponse response, MessageDigest digest, Attempt attempt) {
        boolean accepted = attempt.accepts(response.statusCode(), response.headers()::get);
        return response.body().map(body -> {
            String sent = Upstream.hex(digest);
            if (!body.toString().equals(sent)) {
                attempt.failed("digest: " + body + " (expected: " + sent + ")");
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
