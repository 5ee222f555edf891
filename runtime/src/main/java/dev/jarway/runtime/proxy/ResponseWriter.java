package dev.jarway.runtime.proxy;

import dev.jarway.plugin.LocalResponse;
import dev.jarway.runtime.admission.Door;
import dev.jarway.runtime.exchange.Answer;
import dev.jarway.runtime.exchange.BodyPump;
import dev.jarway.runtime.exchange.BufferBytes;
import dev.jarway.runtime.exchange.ExchangeChunk;
import dev.jarway.runtime.exchange.ExchangeResponse;
import dev.jarway.runtime.exchange.MessageBody;
import dev.jarway.runtime.exchange.Provisional;
import dev.jarway.runtime.exchange.RawFields;
import dev.jarway.runtime.exchange.TrailerFields;
import dev.jarway.runtime.exchange.WebSocketHandshake;
import dev.jarway.runtime.exchange.WholeBody;
import dev.jarway.runtime.failure.FailureCode;
import dev.jarway.runtime.failure.FailureSource;
import dev.jarway.runtime.failure.GatewayFailure;
import dev.jarway.runtime.upstream.Upgraded;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The answer's way to the client, as fast as the client reads. Once its head is out, what goes wrong can only be told by
 * breaking off: a client that sees a proper end has seen all. Belongs to one event loop.
 */
final class ResponseWriter {
    private static final long UNANNOUNCED = -1;
    private static final String EVENT_STREAM = "text/event-stream";

    /**
     * Of what is written in one go: whether a client that is slow takes anything shows no sooner than when it has taken all of
     * that.
     */
    private static final int MOST_BYTES = 16 * 1024;

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Vertx vertx;
    private final boolean headOnly;
    private final Arrival arrival;
    private final AnswerClock clock;
    private Promise<Void> done = Promise.promise();
    private MessageBody body = WholeBody.empty();
    private @Nullable Tunnel tunnel;
    private @Nullable GatewayFailure cut;
    private @Nullable GatewayFailure untaken;
    private boolean ended;
    private long announced = UNANNOUNCED;
    private long bytes;

    /** For the answer to that request; what has become of its client may turn out late. */
    ResponseWriter(HttpServerRequest request, Vertx vertx, Arrival arrival, Door door) {
        this.request = request;
        this.vertx = vertx;
        this.response = request.response();
        this.arrival = arrival;
        this.clock = new AnswerClock(vertx, arrival.channel().eventLoop(), door, this::untaken);
        this.headOnly = request.method().equals(HttpMethod.HEAD);
    }

    /** The status that was sent; 0 if none was. */
    int status() {
        return response.headWritten() ? response.getStatusCode() : 0;
    }

    /** Bytes of the body that were written. */
    long bytes() {
        return tunnel == null ? bytes : tunnel.bytesToClient();
    }

    /** Bytes that the client has sent since its connection switched to another protocol. */
    long tunnelledBytes() {
        return tunnel == null ? 0 : tunnel.bytesToServer();
    }

    /** Sends the answer. The future is complete when the last byte has been handed to the connection. */
    Future<Void> send(Answer answer, FailureAnswer failures) {
        begin(answer);
        return done.future().transform(sent -> settle(sent, failures));
    }

    private Future<Void> settle(AsyncResult<Void> sent, FailureAnswer failures) {
        if (sent.failed()) {
            return failed(sent.cause(), failures).onComplete(done -> clock.stop());
        }
        clock.stop();
        return Future.succeededFuture();
    }

    private Future<Void> failed(Throwable failure, FailureAnswer failures) {
        failures.note(GatewayFailure.from(failure));
        if (response.headWritten() || response.closed() || arrival.isReset()) {
            breakOff(failure);
            return Future.failedFuture(failure);
        }
        return sendInstead(failures.answer(failure)).onFailure(again -> {
            failures.note(GatewayFailure.from(again));
            breakOff(again);
        });
    }

    private void breakOff(Throwable failure) {
        if (arrival.isReset()) {
            return;
        }
        if (failure == untaken) {
            StreamReset.force(request, StreamError.CANCEL);
        } else if (GatewayFailure.from(failure).code().source() == FailureSource.CLIENT) {
            StreamReset.sendProvoked(request, StreamError.INTERNAL);
        } else {
            StreamReset.send(request, failure == cut ? StreamError.NONE : StreamError.INTERNAL);
        }
    }

    /**
     * The last resort, when even the answer to a failure cannot be sent: a bare status; or breaking off, if an answer has begun.
     * No effect where the client has been told how its answer ends, or has gone.
     */
    Future<Void> sendBare(Throwable failure, FailureAnswer failures) {
        boolean begun = response.headWritten();
        if (ended
                || response.closed()
                || arrival.isReset()
                || (begun && done.future().isComplete())) {
            return Future.failedFuture(failure);
        }
        body.discard();
        failures.note(GatewayFailure.from(failure));
        if (begun) {
            breakOff(failure);
            return Future.failedFuture(failure);
        }
        response.headers().clear();
        fields(Answer.of(LocalResponse.of(FailureCode.INTERNAL.status())));
        return response.setChunked(false)
                .setStatusCode(FailureCode.INTERNAL.status())
                .end();
    }

    /** Whether an answer is on its way. */
    boolean begun() {
        return response.headWritten();
    }

    /** Sends a response before the final one, unless that has begun. */
    void provisional(Provisional before) {
        if (!response.headWritten() && !ended && !response.closed()) {
            ProvisionalWriter.write(request, before);
        }
    }

    /** Whether what has been written is to be read before anything goes on. */
    boolean waitsForClient() {
        return tunnel != null || ended || (response.headWritten() && response.writeQueueFull());
    }

    /**
     * Ends the answer under way for that reason: a WebSocket by a close frame, a stream of events by its end, after which the
     * client comes back (WHATWG HTML section 9.2), any other by breaking off, since it is not complete.
     */
    void cut(GatewayFailure why) {
        cut = why;
        if (tunnel != null) {
            tunnel.cut();
            return;
        }
        boolean events = EVENT_STREAM.equals(mediaType(response.headers().get(HttpHeaders.CONTENT_TYPE)));
        if (events && announced == UNANNOUNCED && !ended) {
            ended(response.end());
            body.discard();
        } else {
            giveUp(why);
        }
    }

    /** The client does not read on. */
    private void untaken(GatewayFailure why) {
        untaken = why;
        giveUp(why);
    }

    /** Of a client that has gone there is no word that it takes more again: an answer under way that waits for that is over. */
    void clientGone(GatewayFailure why) {
        if (begun() && tunnel == null) {
            giveUp(why);
        }
    }

    private void giveUp(GatewayFailure why) {
        done.tryFail(why);
        body.discard();
    }

    private static String mediaType(@Nullable String contentType) {
        return contentType == null ? "" : contentType.split(";", -1)[0].strip().toLowerCase(Locale.ROOT);
    }

    private void begin(Answer answer) {
        if (response.closed() || arrival.isReset()) {
            answer.body().discard();
            done.fail(Arrival.clientGone());
            return;
        }
        body = answer.body();
        int status = answer.response().status();
        response.setStatusCode(status);
        // Filters may have changed method and status since the service decided whether a body comes.
        boolean withBody = !headOnly && ExchangeResponse.isBodyStatus(status);
        if (withBody && !answer.response().hasBody()) {
            answer.measure();
        }
        fields(answer);
        if (body instanceof Upgraded upgraded) {
            upgrade(upgraded);
            return;
        }
        if (!withBody) {
            body.discard();
            ended(response.end());
            return;
        }
        String length = answer.response().fields().get(HttpHeaders.CONTENT_LENGTH);
        if (length == null) {
            response.setChunked(true);
        } else {
            announced = Long.parseLong(length);
        }
        BodyPump pump = new BodyPump(body, this::write, this::broken);
        response.drainHandler(drained -> pump.run());
        pump.run();
        if (announced == UNANNOUNCED && !response.headWritten()) {
            // The end may be a part of the event that brought the head; if not, who waits for the head alone has it
            // now.
            vertx.runOnContext(turn -> writeHead());
        }
    }

    private void end(Buffer piece, @Nullable MultiMap trailers) {
        // In HTTP/1, only chunks have a place for trailers.
        if (trailers != null && (response.isChunked() || request.version().compareTo(HttpVersion.HTTP_2) >= 0)) {
            response.trailers().setAll(trailers);
        }
        // Over HTTP/2, an end without a piece is one frame with the head: gRPC tells a call by it that has failed at
        // once.
        ended(piece.length() == 0 && !response.headWritten() ? response.end() : response.end(piece));
    }

    private void writeHead() {
        if (!response.headWritten() && !ended && !done.future().isComplete() && !response.closed()) {
            response.writeHead();
        }
    }

    private void fields(Answer answer) {
        MultiMap fields = response.headers().clear();
        for (var walk = RawFields.of(answer.response().fields()); walk.hasNext(); ) {
            var field = walk.next();
            fields.add(field.getKey(), field.getValue());
        }
        DateField.complete(response.headers());
        if (request.version() == HttpVersion.HTTP_1_0) {
            TrailerFields.conceal(response.headers());
        }
        if (arrival.ends()) {
            response.headers().set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
    }

    private void upgrade(Upgraded upgraded) {
        WebSocketHandshake.write(response.headers());
        WebSocketHandshake.write(request.headers()); // Vert.x looks there again whether this is an upgrade.
        request.toNetSocket()
                .onSuccess(client -> {
                    tunnel = Tunnel.open(vertx, client, upgraded);
                    tunnel.closed().onComplete(done);
                })
                .onFailure(failure -> {
                    upgraded.discard();
                    done.tryFail(failure);
                });
    }

    /** Nothing has been sent yet, so the client can still be told what went wrong. */
    private Future<Void> sendInstead(Answer answer) {
        done = Promise.promise();
        response.headers().clear();
        fields(answer);
        response.setChunked(false).setStatusCode(answer.response().status());
        ended(answer.body().next().compose(whole -> response.end(BufferBytes.toBuffer(whole.bytes()))));
        return done.future();
    }

    private void broken(Throwable cause) {
        body.discard(); // A filter may have broken it off, of which the service knows nothing.
        if (cut == null && !ended) {
            done.tryFail(cause);
        }
    }

    /** Whatever keeps the last byte from being sent, it is the connection: the client has gone. */
    private void ended(Future<Void> end) {
        ended = true; // With trailers, Vert.x itself does not say so for HTTP/2.
        clock.watch(end);
        end.onComplete(sent -> {
            if (sent.succeeded()) {
                done.tryComplete();
            } else {
                done.tryFail(Arrival.clientGone());
            }
        });
    }

    /** Writes a piece, and says whether to go on at once. */
    private boolean write(ExchangeChunk chunk) {
        if (done.future().isComplete() || ended) {
            return false; // Cut meanwhile.
        }
        Buffer piece = BufferBytes.toBuffer(chunk.bytes());
        bytes += piece.length();
        boolean wrongLength = bytes > announced || (chunk.last() && bytes != announced);
        if (announced != UNANNOUNCED && wrongLength) {
            body.discard();
            done.tryFail(GatewayFailure.of(
                    FailureCode.UPSTREAM_BROKEN, bytes + " bytes of body (announced: " + announced + ")"));
            return false;
        }
        if (response.closed()) {
            body.discard();
            done.tryFail(Arrival.clientGone());
            return false;
        }
        write(piece, chunk);
        return !chunk.last() && !response.writeQueueFull();
    }

    private void write(Buffer piece, ExchangeChunk chunk) {
        int from = 0;
        while (piece.length() - from > MOST_BYTES) {
            clock.watch(response.write(piece.slice(from, from + MOST_BYTES)));
            from += MOST_BYTES;
        }
        Buffer rest = from == 0 ? piece : piece.slice(from, piece.length());
        if (chunk.last()) {
            end(rest, chunk.trailerFields());
        } else if (rest.length() > 0) {
            clock.watch(response.write(rest));
        }
    }
}
