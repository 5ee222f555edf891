package dev.jarway.runtime.filter;

import dev.jarway.plugin.Action;
import dev.jarway.plugin.Filter;
import dev.jarway.runtime.exchange.ExchangeChunk;
import dev.jarway.runtime.exchange.MessageBody;
import dev.jarway.runtime.exchange.MessageHeaders;
import dev.jarway.runtime.exchange.Sequel;
import io.vertx.core.Future;
import java.util.Optional;

/** A body as it leaves one filter: each piece of the body before it has been shown to that filter. */
final class FilteredBody implements MessageBody {
    private final MessageBody before;
    private final FilterCall filter;
    private final Hook data;
    private final Hook trailers;

    /** How many bytes have come to the filter, and how many it has let through. */
    private long taken;

    private long given;

    FilteredBody(MessageBody before, FilterCall filter, Hook data, Hook trailers) {
        this.before = before;
        this.filter = filter;
        this.data = data;
        this.trailers = trailers;
    }

    @Override
    public Future<ExchangeChunk> next() {
        return Sequel.to(before.next(), this::show);
    }

    @Override
    public void discard() {
        before.discard();
    }

    /** Whose methods are called for the pieces. */
    Hook data() {
        return data;
    }

    /** The first of the filters so far that has made it longer, or shorter; empty if none has. */
    Optional<FilterCall> changer(boolean longer) {
        Optional<FilterCall> earlier = before instanceof FilteredBody other ? other.changer(longer) : Optional.empty();
        boolean changed = longer ? given > taken : given < taken;
        return earlier.or(() -> changed ? Optional.of(filter) : Optional.empty());
    }

    private Future<ExchangeChunk> show(ExchangeChunk chunk) {
        taken += chunk.bytes().length();
        Future<ExchangeChunk> shown = Sequel.to(filter.call(data, this::data, chunk), action -> {
            given += chunk.bytes().length();
            return pass(action, chunk);
        });
        MessageHeaders fields = chunk.trailers();
        if (fields == null) {
            return shown;
        }
        return shown.compose(c -> filter.call(trailers, this::trailers, fields)).compose(action -> pass(action, chunk));
    }

    private Action data(FilterCall call, ExchangeChunk chunk) throws Exception {
        Filter f = call.filter();
        return data == Hook.REQUEST_DATA ? f.onRequestData(chunk) : f.onResponseData(chunk);
    }

    private Action trailers(FilterCall call, MessageHeaders fields) throws Exception {
        Filter f = call.filter();
        return trailers == Hook.REQUEST_TRAILERS ? f.onRequestTrailers(fields) : f.onResponseTrailers(fields);
    }

    private static Future<ExchangeChunk> pass(Action action, ExchangeChunk chunk) {
        return action instanceof Action.Respond respond
                ? Future.failedFuture(new Interposed(respond.response()))
                : Future.succeededFuture(chunk);
    }
}
