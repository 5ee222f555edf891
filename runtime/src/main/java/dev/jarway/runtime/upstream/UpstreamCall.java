package dev.jarway.runtime.upstream;

import dev.jarway.plugin.Endpoint;
import dev.jarway.runtime.exchange.BodyPump;
import dev.jarway.runtime.exchange.BufferBytes;
import dev.jarway.runtime.exchange.ExchangeChunk;
import dev.jarway.runtime.exchange.ExchangeRequest;
import dev.jarway.runtime.exchange.MessageBody;
import dev.jarway.runtime.exchange.WebSocketHandshake;
import dev.jarway.runtime.failure.FailureCode;
import dev.jarway.runtime.failure.GatewayFailure;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One request to one endpoint. It sends the body only as fast as the endpoint takes it, and hands the response over as soon
 * as its headers are here, be the body sent or not. Belongs to one event loop.
 */
public final class UpstreamCall {
    private final Vertx vertx;
    private final Endpoint endpoint;
    private final ExchangeRequest request;
    private final MessageBody body;
    private final UpstreamLimits limits;
    private final boolean webSocket;
    private final Promise<UpstreamResponse> answer = Promise.promise();

    private @Nullable HttpClientRequest sent;
    private @Nullable IdleTimer idle;
    private long responseTimer = -1;
    private long sentAt;
    private boolean requestEnded;
    private boolean over;

    private UpstreamCall(Vertx vertx, Endpoint endpoint, Message message, UpstreamLimits limits) {
        this.vertx = vertx;
        this.endpoint = endpoint;
        this.request = message.request();
        this.body = message.body();
        this.webSocket = message.webSocket();
        this.limits = limits;
    }

    /**
     * What is to be sent.
     *
     * @param webSocket whether the endpoint is asked to switch to that; it may answer as usual all the same
     */
    public record Message(ExchangeRequest request, MessageBody body, boolean webSocket) {}

    /** Begins to send the request. */
    public static UpstreamCall start(UpstreamClient client, Endpoint endpoint, Message message, UpstreamLimits limits) {
        UpstreamCall call = new UpstreamCall(client.vertx(), endpoint, message, limits);
        call.connect(client.client());
        return call;
    }

    /** The response, once its headers are here. Fails with a {@link GatewayFailure}, or with what the body fails with. */
    public Future<UpstreamResponse> response() {
        return answer.future();
    }

    private void connect(HttpClient client) {
        RequestOptions options = new RequestOptions()
                .setHost(endpoint.host())
                .setPort(endpoint.port())
                .setSsl(endpoint.secure())
                .setConnectTimeout(limits.connect().toMillis())
                .setMethod(HttpMethod.valueOf(request.method()))
                .setURI(request.target());
        client.request(options).onSuccess(this::begin).onFailure(this::unreachable);
    }

    private void unreachable(Throwable cause) {
        answer.tryFail(
                GatewayFailure.of(FailureCode.UPSTREAM_UNREACHABLE, "no connection to the service's endpoint", cause));
        stop();
    }

    private void begin(HttpClientRequest connected) {
        if (over) {
            connected.reset();
            return;
        }
        sent = connected;
        sentAt = System.nanoTime();
        connected.authority(HostAndPort.authority(request.host(), request.port()));
        connected.headers().setAll(request.fields());
        connected.exceptionHandler(this::broken);
        connected.response().onSuccess(this::respond).onFailure(this::broken);
        idle = new IdleTimer(vertx, limits.idle().toNanos(), this::idle);
        if (webSocket) {
            WebSocketHandshake.write(connected.headers());
            var unused = connected.connect(); // It completes as the response does.
            requestEnded();
            return;
        }
        if (!request.hasBody() && !request.fields().contains(HttpHeaders.CONTENT_LENGTH)) {
            connected.end();
            requestEnded();
            return;
        }
        connected.setChunked(!request.fields().contains(HttpHeaders.CONTENT_LENGTH));
        pump(connected);
    }

    /** Moves the body on, as long as pieces are here and the endpoint takes them. */
    private void pump(HttpClientRequest to) {
        if (!over) {
            new BodyPump(body, chunk -> write(to, chunk) && !over, this::abandon).run();
        }
    }

    /** Writes a piece, and says whether to go on at once. */
    private boolean write(HttpClientRequest to, ExchangeChunk chunk) {
        if (over) {
            return false;
        }
        touch();
        Buffer piece = BufferBytes.toBuffer(chunk.bytes());
        if (chunk.last()) {
            if (piece.length() > 0) {
                to.end(piece);
            } else {
                to.end();
            }
            requestEnded();
            return false;
        }
        if (piece.length() > 0) {
            to.write(piece);
        }
        if (to.writeQueueFull()) {
            to.drainHandler(drained -> pump(to));
            return false;
        }
        return true;
    }

    private void requestEnded() {
        requestEnded = true;
        if (!answer.future().isComplete()) {
            responseTimer = vertx.setTimer(limits.response().toMillis(), fired -> {
                answer.tryFail(GatewayFailure.of(
                        FailureCode.UPSTREAM_TIMEOUT,
                        "no response within " + limits.response().toMillis() + " ms"));
                cancel();
            });
        }
    }

    private void respond(HttpClientResponse response) {
        response.pause();
        touch();
        vertx.cancelTimer(responseTimer);
        Duration waited = Duration.ofNanos(System.nanoTime() - sentAt);
        UpstreamResponse arrived = response.statusCode() == HttpResponseStatus.SWITCHING_PROTOCOLS.code()
                ? UpstreamResponse.switched(response, waited, this)
                : UpstreamResponse.of(response, request.method(), waited, this);
        if (!answer.tryComplete(arrived)) {
            cancel();
        }
    }

    /** The endpoint has broken off, before its response or in the middle of it. */
    private void broken(Throwable cause) {
        answer.tryFail(GatewayFailure.of(FailureCode.UPSTREAM_BROKEN, "the connection to the service broke", cause));
        stop();
    }

    /** Gives the call up for that reason, as when the request's body breaks off or the client has gone. */
    public void abandon(Throwable cause) {
        answer.tryFail(cause);
        cancel();
    }

    private void idle() {
        answer.tryFail(GatewayFailure.of(
                FailureCode.UPSTREAM_TIMEOUT,
                "nothing moved for " + limits.idle().toMillis() + " ms"));
        cancel();
    }

    /** Whether nothing is to come of it any more; until then, its limits hold. */
    public boolean over() {
        return over;
    }

    /** Something has moved. */
    void touch() {
        if (idle != null) {
            idle.touch();
        }
    }

    /** Gives the call up; its connection is not used again unless all of it has been read. */
    void cancel() {
        stop();
        if (sent != null) {
            sent.reset();
        }
    }

    /** The response has come to its end. If the request has not, nobody is interested in its rest. */
    void finished() {
        if (requestEnded) {
            stop();
        } else {
            cancel();
        }
    }

    private void stop() {
        over = true;
        vertx.cancelTimer(responseTimer);
        if (idle != null) {
            idle.cancel();
        }
    }
}
