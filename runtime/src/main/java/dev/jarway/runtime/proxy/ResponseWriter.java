package dev.jarway.runtime.proxy;

import dev.jarway.runtime.exchange.Answer;
import dev.jarway.runtime.exchange.BodyPump;
import dev.jarway.runtime.exchange.BufferBytes;
import dev.jarway.runtime.exchange.ExchangeChunk;
import dev.jarway.runtime.exchange.MessageBody;
import dev.jarway.runtime.exchange.WholeBody;
import dev.jarway.runtime.failure.FailureCode;
import dev.jarway.runtime.failure.GatewayFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * The answer's way to the client, as fast as the client reads. Once its head is out, what goes wrong can only be told by
 * breaking off: a client that sees a proper end has seen all. Belongs to one event loop.
 */
final class ResponseWriter {
    private static final long UNANNOUNCED = -1;

    private final HttpServerResponse response;
    private final boolean headOnly;
    private final Promise<Void> done = Promise.promise();
    private MessageBody body = WholeBody.empty();
    private long announced = UNANNOUNCED;
    private long bytes;

    ResponseWriter(HttpServerRequest request) {
        this.response = request.response();
        this.headOnly = request.method().equals(HttpMethod.HEAD);
    }

    /** The status that was sent; 0 if none was. */
    int status() {
        return response.headWritten() ? response.getStatusCode() : 0;
    }

    /** Bytes of the body that were written. */
    long bytes() {
        return bytes;
    }

    /** Sends the answer. The future is complete when the last byte has been handed to the connection. */
    Future<Void> send(Answer answer, FailureAnswer failures) {
        begin(answer);
        return done.future().recover(failure -> {
            failures.note(GatewayFailure.from(failure));
            if (response.headWritten() || response.closed()) {
                response.reset();
                return Future.failedFuture(failure);
            }
            return sendInstead(failures.answer(failure));
        });
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
        if (headOnly || !answer.response().hasBody()) {
            body.discard();
            response.end().onComplete(done);
            return;
        }
        String length = answer.response().fields().get(HttpHeaders.CONTENT_LENGTH);
        if (length == null) {
            response.setChunked(true);
        } else {
            announced = Long.parseLong(length);
        }
        BodyPump pump = new BodyPump(body, this::write, done::tryFail);
        response.drainHandler(drained -> pump.run());
        pump.run();
    }

    /** Nothing has been sent yet, so the client can still be told what went wrong. */
    private Future<Void> sendInstead(Answer answer) {
        response.headers().clear();
        response.headers().setAll(answer.response().fields());
        response.setChunked(false).setStatusCode(answer.response().status());
        return answer.body().next().compose(whole -> response.end(BufferBytes.toBuffer(whole.bytes())));
    }

    /** Writes a piece, and says whether to go on at once. */
    private boolean write(ExchangeChunk chunk) {
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
            response.end(piece).onComplete(done);
            return false;
        }
        if (piece.length() > 0) {
            response.write(piece);
        }
        return !response.writeQueueFull();
    }
}
