package dev.jarway.runtime.filter;

import dev.jarway.runtime.exchange.ExchangeChunk;
import dev.jarway.runtime.exchange.MessageBody;
import dev.jarway.runtime.exchange.Sequel;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * A body as it leaves the last filter that has seen its pieces, as long as its head says: what is too much of it does not come,
 * and the filter that has changed it is to blame. Belongs to one event loop.
 */
final class MeasuredBody implements MessageBody {
    private final FilteredBody body;
    private final long announced;
    private long bytes;

    private MeasuredBody(FilteredBody body, long announced) {
        this.body = body;
        this.announced = announced;
    }

    /**
     * A body, measured if filters see its pieces.
     *
     * @param announced how long it is by its head; null if that says nothing
     */
    static MessageBody of(MessageBody body, @Nullable String announced) {
        return announced != null && body instanceof FilteredBody filtered
                ? new MeasuredBody(filtered, Long.parseLong(announced))
                : body;
    }

    @Override
    public Future<ExchangeChunk> next() {
        return Sequel.to(body.next(), this::measure);
    }

    private Future<ExchangeChunk> measure(ExchangeChunk chunk) {
        bytes += chunk.bytes().length();
        boolean longer = bytes > announced;
        if (!longer && (!chunk.last() || bytes == announced)) {
            return Future.succeededFuture(chunk);
        }
        return body.changer(longer)
                .map(filter -> Future.<ExchangeChunk>failedFuture(filter.failLength(body.data(), bytes, announced)))
                .orElseGet(() -> Future.succeededFuture(chunk)); // It has come so; whoever sends it on sees it too.
    }

    @Override
    public void discard() {
        body.discard();
    }
}
