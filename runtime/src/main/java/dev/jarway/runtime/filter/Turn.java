package dev.jarway.runtime.filter;

import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * Whose turn it is among the filters of one exchange. Calls on the event loop never meet; one that runs on a virtual thread
 * makes the others wait, since all of them share the exchange. Belongs to one event loop.
 */
final class Turn {
    private Future<?> last = Future.succeededFuture();

    /** Whether nobody is being called, so that a call on the event loop may be made at once. */
    boolean free() {
        return last.isComplete();
    }

    /** Makes the call when it is its turn. */
    <T> Future<T> take(Supplier<Future<T>> call) {
        Future<T> result = free() ? call.get() : last.transform(before -> call.get());
        last = result;
        return result;
    }
}
