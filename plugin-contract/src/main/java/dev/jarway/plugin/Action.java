package dev.jarway.plugin;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * What a {@link Filter} wants to happen next.
 *
 * <p>Which actions a method may return stands at the method; another one fails the filter, and so does {@code null}.
 */
public sealed interface Action {

    /** Go on with the next filter. */
    static Action proceed() {
        return Proceed.INSTANCE;
    }

    /**
     * Collect the whole body, then call {@link Filter#onRequestBody} (or {@link Filter#onResponseBody}).
     *
     * @param limit the most bytes to collect. A request that has more is answered with 413 (Content Too Large), a response
     *     that has more turns into 502 (Bad Gateway)
     */
    static Action bufferBody(long limit) {
        return new BufferBody(limit);
    }

    /**
     * Answer with this response. From a request method, the request is not sent on. The filters that have seen the request,
     * this one among them, see the response.
     */
    static Action respond(LocalResponse response) {
        return new Respond(response);
    }

    /**
     * Wait, without holding a thread, for an action that is not known yet. A stage that fails makes the filter fail; one that
     * does not complete within the entry's {@code timeout} does too, and its later result is ignored.
     */
    static Action await(CompletionStage<Action> action) {
        return new Await<>(action, Function.identity());
    }

    /**
     * Wait for a value, then decide. The function runs where the filter's methods run, never at the same time as one of
     * them, and so may touch the request, the response and the filter's fields, which the stage's own callbacks may not.
     *
     * <pre>{@code
     * return Action.await(context.http().send(ask), reply -> {
     *     request.headers().set("x-user", new String(reply.body(), UTF_8));
     *     return Action.proceed();
     * });
     * }</pre>
     */
    static <T> Action await(CompletionStage<T> value, Function<? super T, Action> then) {
        return new Await<>(value, then);
    }

    /**
     * Match the routes again, after changing the host, the path, the method or headers. The filters of the new route follow,
     * except those that this exchange has been through. An exchange that is rerouted more than 8 times is answered with 508
     * (Loop Detected).
     */
    static Action reroute() {
        return Reroute.INSTANCE;
    }

    /** See {@link #proceed()}. */
    record Proceed() implements Action {
        private static final Proceed INSTANCE = new Proceed();
    }

    /** See {@link #bufferBody(long)}. */
    record BufferBody(long limit) implements Action {
        public BufferBody {
            if (limit < 0) {
                throw new IllegalArgumentException("limit: " + limit + " (expected: >= 0)");
            }
        }
    }

    /** See {@link #respond(LocalResponse)}. */
    record Respond(LocalResponse response) implements Action {}

    /** See {@link #await(CompletionStage, Function)}. */
    record Await<T>(CompletionStage<T> value, Function<? super T, Action> then) implements Action {}

    /** See {@link #reroute()}. */
    record Reroute() implements Action {
        private static final Reroute INSTANCE = new Reroute();
    }
}
