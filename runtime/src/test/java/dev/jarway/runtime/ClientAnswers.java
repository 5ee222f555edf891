package dev.jarway.runtime;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;

/**
 * The answers that Vert.x's client gets, of which nothing is lost. What waits for one is there before its request goes out: the
 * client hands on a body when it comes, to nobody if need be, so that whoever asks for it only after {@code send()} may be late.
 */
final class ClientAnswers {
    private ClientAnswers() {}

    /** The answer before its body, which waits until it is asked for. */
    static Future<HttpClientResponse> begin(HttpClientRequest request) {
        return begin(request, Buffer.buffer());
    }

    /** The same, to a request with that body. */
    static Future<HttpClientResponse> begin(HttpClientRequest request, Buffer body) {
        Future<HttpClientResponse> begun = request.response().map(HttpClientResponse::pause);
        // What fails the sending fails the answer.
        var unused = body.length() == 0 ? request.end() : request.end(body);
        return begun;
    }

    /** The body of an answer that has begun. */
    static Future<Buffer> body(HttpClientResponse begun) {
        Future<Buffer> body = begun.body();
        begun.resume();
        return body;
    }

    /** The body of the answer to that request. */
    static Future<Buffer> body(HttpClientRequest request) {
        return begin(request).compose(ClientAnswers::body);
    }

    /** The body of the answer to that request with that body. */
    static Future<Buffer> body(HttpClientRequest request, Buffer body) {
        return begin(request, body).compose(ClientAnswers::body);
    }
}
