package dev.jarway.runtime.proxy;

import dev.jarway.runtime.exchange.Answer;
import dev.jarway.runtime.exchange.BodyPump;
import dev.jarway.runtime.exchange.BufferBytes;
import dev.jarway.runtime.exchange.ExchangeChunk;
import dev.jarway.runtime.exchange.MessageBody;
import dev.jarway.runtime.exchange.WebSocketHandshake;
import dev.jarway.runtime.exchange.WholeBody;
import dev.jarway.runtime.failure.FailureCode;
import dev.jarway.runtime.failure.GatewayFailure;
import dev.jarway.runtime.upstream.Upgraded;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The answer's way to the client, as fast as the client reads. Once its head is out, what goes wrong can only be told by
 * breaking off: a client that sees a proper end has seen all. Belongs to one event loop.
 */
final class ResponseWriter {
    private static final long UNANNOUNCED = -1;
    private static final String EVENT_STREAM = "text/event-stream";

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Vertx vertx;
    private final boolean headOnly;
    private final Promise<Void> done = Promise.promise();
    private MessageBody body = WholeBody.empty();
    private @Nullable Tunnel tunnel;
    private @Nullable GatewayFailure cut;
    private long announced = UNANNOUNCED;
    private long bytes;

    ResponseWriter(HttpServerRequest request, Vertx vertx) {
        this.request = request;
        this.vertx = vertx;
        this.response = request.response();
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
        return done.future().recover(failure -> {
            failures.note(GatewayFailure.from(failure));
            if (response.headWritten() || response.closed()) {
                response.reset(failure == cut ? StreamError.NONE : StreamError.INTERNAL);
                return Future.failedFuture(failure);
            }
            return sendInstead(failures.answer(failure));
        });
    }

    /** Whether an answer is on its way. */
    boolean begun() {
        return response.headWritten();
    }

    /** Whether what has been written is to be read before anything goes on. */
    boolean waitsForClient() {
        return tunnel != null || response.ended() || (response.headWritten() && response.writeQueueFull());
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
        if (events && announced == UNANNOUNCED && !response.ended()) {
            ended(response.end());
        } else {
            done.tryFail(why);
        }
        body.discard();
    }

    private static String mediaType(@Nullable String contentType) {
        return contentType == null ? "" : contentType.split(";", -1)[0].strip().toLowerCase(Locale.ROOT);
    }

    private void begin(Answer answer) {
        if (response.closed()) {
            answer.body().discard();
            done.fail(Arrival.clientGone());
            return;
        }
        response.setStatusCode(answer.response().status());
        response.headers().setAll(answer.response().fields());
        body = answer.body();
        if (body instanceof Upgraded upgraded) {
            upgrade(upgraded);
            return;
        }
        if (headOnly || !answer.response().hasBody()) {
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
        response.headers().clear();
        response.headers().setAll(answer.response().fields());
        response.setChunked(false).setStatusCode(answer.response().status());
        return answer.body().next().compose(whole -> response.end(BufferBytes.toBuffer(whole.bytes())));
    }

    private void broken(Throwable cause) {
        if (cut == null) {
            done.tryFail(cause);
        }
    }

    /** Whatever keeps the last byte from being sent, it is the connection: the client has gone. */
    private void ended(Future<Void> end) {
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
        if (done.future().isComplete() || response.ended()) {
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
        if (chunk.last()) {
            if (chunk.trailerFields() != null && response.isChunked()) {
                response.trailers().setAll(chunk.trailerFields());
            }
            ended(response.end(piece));
            return false;
        }
        if (piece.length() > 0) {
            response.write(piece);
        }
        return !response.writeQueueFull();
    }
}
