package dev.jarway.runtime.host;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call-out that is under way. It ends once: by the response, by its time, or with its plugin. Its end is told on a
 * virtual thread of its own, because the plugin's callbacks may do whatever they like there.
 */
final class CallOut {
    private final PluginCode code;
    private final Consumer<CallOut> whenOver;
    private final CompletableFuture<HttpResponse<byte[]>> answer = new CompletableFuture<>();

    private @Nullable Sent sent;
    private @Nullable Thread teller;

    /** @param whenOver called when the plugin's callbacks have returned */
    CallOut(PluginCode code, Consumer<CallOut> whenOver) {
        this.code = code;
        this.whenOver = whenOver;
    }

    /** What the plugin gets: it can look at the answer, not give it. */
    CompletionStage<HttpResponse<byte[]>> answer() {
        return answer.minimalCompletionStage();
    }

    /** It is on its way. */
    void sent(CompletableFuture<HttpResponse<byte[]>> exchange, Future<?> timeout) {
        var now = new Sent(exchange, timeout);
        if (!keep(now)) {
            now.cancel();
            return;
        }
        CompletionStage<HttpResponse<byte[]>> response = exchange;
        response.whenComplete((reply, thrown) -> {
            if (thrown == null) {
                end(() -> answer.complete(reply));
            } else {
                fail(asIOException(thrown));
            }
        });
    }

    void fail(IOException why) {
        end(() -> answer.completeExceptionally(why));
    }

    /** The thread that tells the end, if it is being told. */
    synchronized Optional<Thread> teller() {
        return Optional.ofNullable(teller);
    }

    private synchronized boolean keep(Sent now) {
        if (teller != null) {
            return false;
        }
        sent = now;
        return true;
    }

    private void end(Runnable tell) {
        Sent last;
        synchronized (this) {
            if (teller != null) {
                return;
            }
            teller = code.thread("call-out", () -> {
                try {
                    tell.run();
                } finally {
                    whenOver.accept(this);
                }
            });
            teller.start();
            last = sent;
            sent = null;
        }
        // Not under the lock: the client may come back from here to the request's body.
        if (last != null) {
            last.cancel();
        }
    }

    private static IOException asIOException(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return cause instanceof IOException io ? io : new IOException("call-out failed: " + cause, cause);
    }

    private record Sent(Future<?> exchange, Future<?> timeout) {

        void cancel() {
            exchange.cancel(true);
            timeout.cancel(false);
        }
    }
}
