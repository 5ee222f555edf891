package dev.jarway.runtime.filter;

import dev.jarway.plugin.Action;
import dev.jarway.plugin.Filter;
import dev.jarway.runtime.exchange.ExchangeChunk;
import dev.jarway.runtime.exchange.MessageBody;
import dev.jarway.runtime.exchange.MessageHeaders;
import io.vertx.core.Future;

/** A body as it leaves one filter: each piece of the body before it has been shown to that filter. */
final class FilteredBody implements MessageBody {
    private final MessageBody before;
    private final FilterCall filter;
    private final Hook data;
    private final Hook trailers;

    FilteredBody(MessageBody before, FilterCall filter, Hook data, Hook trailers) {
        this.before = before;
        this.filter = filter;
        this.data = data;
        this.trailers = trailers;
    }

    @Override
    public Future<ExchangeChunk> next() {
        return before.next().compose(this::show);
    }

    @Override
    public void discard() {
        before.discard();
    }

    private Future<ExchangeChunk> show(ExchangeChunk chunk) {
        Future<ExchangeChunk> shown = filter.call(data, f -> data(f, chunk)).compose(action -> pass(action, chunk));
        MessageHeaders fields = chunk.trailers();
        if (fields == null) {
            return shown;
        }
        return shown.compose(c -> filter.call(trailers, f -> trailers(f, fields)))
                .compose(action -> pass(action, chunk));
    }

    private Action data(Filter f, ExchangeChunk chunk) throws Exception {
        return data == Hook.REQUEST_DATA ? f.onRequestData(chunk) : f.onResponseData(chunk);
    }

    private Action trailers(Filter f, MessageHeaders fields) throws Exception {
        return trailers == Hook.REQUEST_TRAILERS ? f.onRequestTrailers(fields) : f.onResponseTrailers(fields);
    }

    private static Future<ExchangeChunk> pass(Action action, ExchangeChunk chunk) {
        return action instanceof Action.Respond respond
                ? Future.failedFuture(new Interposed(respond.response()))
                : Future.succeededFuture(chunk);
    }
}
