package dev.jarway.runtime.exchange;

import io.vertx.core.Future;
import java.util.function.Function;

/**
 * What follows a step of an exchange. Most steps are over when they are asked for what follows, and then it follows at once: without a
 * future that waits, or a call from within a call of the one before, which a compiler can make little of.
 */
public final class Sequel {
    private Sequel() {}

    /**
     * The outcome of what follows, or of the step if that fails. As with {@link Future#compose(Function)}, what is thrown is the
     * failure of the outcome; otherwise than there, no context is looked at: both belong to one event loop.
     */
    public static <T, U> Future<U> to(Future<T> step, Function<? super T, Future<U>> next) {
        if (step.failed()) {
            return Future.failedFuture(step.cause());
        }
        return step.succeeded() ? at(step.result(), next) : step.compose(next);
    }

    private static <T, U> Future<U> at(T result, Function<? super T, Future<U>> next) {
        try {
            return next.apply(result);
        } catch (RuntimeException | Error e) {
            return Future.failedFuture(e);
        }
    }
}
