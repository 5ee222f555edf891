package dev.jarway.runtime.filter;

import dev.jarway.plugin.Action;
import dev.jarway.plugin.Bytes;
import dev.jarway.plugin.Endpoint;
import dev.jarway.plugin.LocalResponse;
import dev.jarway.plugin.Outcome;
import dev.jarway.runtime.exchange.Answer;
import dev.jarway.runtime.exchange.BodyCollector;
import dev.jarway.runtime.exchange.ExchangeRequest;
import dev.jarway.runtime.exchange.GatewayExchange;
import dev.jarway.runtime.exchange.MessageBody;
import dev.jarway.runtime.exchange.Sequel;
import dev.jarway.runtime.exchange.TrailerFields;
import dev.jarway.runtime.exchange.WholeBody;
import dev.jarway.runtime.failure.FailureCode;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The filters of one exchange, in the order in which they met the request. They are made as the request reaches them; the
 * response passes those that were, in reverse. Belongs to one event loop.
 */
public final class FilterRun {
    private static final Verdict PROCEED = new Verdict.Proceed();

    private final GatewayExchange exchange;
    private final ExchangeRequest request;
    private final LoopScope loop;
    private final Invoker invoker;
    private MetFilters met = MetFilters.NONE;
    private MessageBody requestBody;
    private @Nullable Decisions decisions;

    /** A run that has met no filter yet. */
    public FilterRun(GatewayExchange exchange, ExchangeRequest request, MessageBody requestBody, LoopScope loop) {
        this.exchange = exchange;
        this.request = request;
        this.requestBody = requestBody;
        this.loop = loop;
        this.invoker = new Invoker(loop);
    }

    /** The request's body as the filters leave it, once its head is as they leave that. */
    public MessageBody requestBody() {
        return MeasuredBody.of(requestBody, request.fields().get(HttpHeaders.CONTENT_LENGTH));
    }

    /** Shows the request to these filters, one after the other, leaving out those that it has been through. */
    public Future<Verdict> onRequest(List<ChainEntry> entries) {
        return onRequest(entries, 0, met.size());
    }

    /** The entries of one list have different names, so only those of earlier lists need to be looked at for one met before. */
    private Future<Verdict> onRequest(List<ChainEntry> entries, int from, int earlier) {
        if (!entries.isEmpty()) {
            invoker.readClock();
        }
        for (int i = from; i < entries.size(); i++) {
            ChainEntry entry = entries.get(i);
            if (hasMet(entry, earlier)) {
                continue;
            }
            Future<Verdict> verdict = onRequest(
                    switch (entry) {
                        case FilterEntry one -> one;
                        case SplitEntry several -> choose(several);
                    });
            if (!verdict.succeeded()) {
                int next = i + 1;
                return verdict.compose(v -> v instanceof Verdict.Proceed ? onRequest(entries, next, earlier) : verdict);
            }
            if (!(verdict.result() instanceof Verdict.Proceed)) {
                return verdict;
            }
        }
        return Verdict.Proceed.NOW;
    }

    private FilterEntry choose(SplitEntry entry) {
        if (decisions == null) {
            decisions = new Decisions(exchange, request);
        }
        return decisions.choose(entry);
    }

    private boolean hasMet(ChainEntry entry, int earlier) {
        for (int i = 0; i < earlier; i++) {
            if (met.get(i).entry().name().equals(entry.name())) {
                return true;
            }
        }
        return false;
    }

    private Future<Verdict> onRequest(FilterEntry entry) {
        if (met == MetFilters.NONE) {
            met = loop.spare().take();
        }
        FilterCall call = met.add(entry, exchange, loop, invoker);
        Future<Action> action = call.begin(invoker.now(), request);
        if (action.succeeded() && action.result() instanceof Action.Proceed) {
            streamRequestThrough(call);
            return Verdict.Proceed.NOW;
        }
        return action.compose(a -> {
            if (a instanceof Action.BufferBody buffer) {
                return bufferRequest(call, buffer.limit());
            }
            streamRequestThrough(call);
            return Future.succeededFuture(verdict(a));
        });
    }

    private void streamRequestThrough(FilterCall call) {
        if (call.listensTo(Hook.REQUEST_DATA) || call.listensTo(Hook.REQUEST_TRAILERS)) {
            requestBody = new FilteredBody(requestBody, call, Hook.REQUEST_DATA, Hook.REQUEST_TRAILERS);
        }
    }

    private Future<Verdict> bufferRequest(FilterCall call, long limit) {
        return BodyCollector.collect(requestBody, limit, FailureCode.REQUEST_BODY_TOO_LARGE)
                .compose(whole -> {
                    request.openBody(whole.bytes());
                    return call.call(
                                    Hook.REQUEST_BODY,
                                    (c, body) -> c.filter().onRequestBody(request, body.bytes(), body.trailers()),
                                    whole)
                            .onComplete(done -> requestBody =
                                    closed(request.closeBody(), whole, request.fields(), request.hasBody()));
                })
                .map(FilterRun::verdict);
    }

    /** Whether any of those that have met the request wants to see it once its endpoint is known. */
    public boolean listensToEndpoint() {
        for (int i = 0; i < met.size(); i++) {
            if (met.get(i).listensTo(Hook.ENDPOINT_CHOSEN)) {
                return true;
            }
        }
        return false;
    }

    /** Shows the request to the filters that want to see it once its endpoint is known. */
    public Future<Verdict> onEndpointChosen(Endpoint endpoint) {
        Future<Verdict> verdict = Verdict.Proceed.NOW;
        for (int i = 0; i < met.size(); i++) {
            FilterCall call = met.get(i);
            if (call.listensTo(Hook.ENDPOINT_CHOSEN)) {
                verdict = verdict.compose(before -> before instanceof Verdict.Proceed
                        ? call.call(Hook.ENDPOINT_CHOSEN, (c, to) -> c.filter().onEndpointChosen(request, to), endpoint)
                                .map(FilterRun::verdict)
                        : Future.succeededFuture(before));
            }
        }
        return verdict;
    }

    /**
     * Shows the answer to the filters that have met the request, in reverse. One that answers itself puts its answer in this
     * one's place, and so does one that fails; the filters before it see that.
     *
     * @param explain how a failure is answered
     */
    public Future<Answer> onResponse(Answer answer, Function<Throwable, Answer> explain) {
        Future<Answer> shown = onResponse(answer, explain, met.size() - 1);
        return met.size() == 0 ? shown : Sequel.to(shown, last -> Future.succeededFuture(measured(last)));
    }

    /** Of one whose body does not come, what is said of its length is not said of what filters add. */
    private static Answer measured(Answer answer) {
        MessageBody body = answer.body();
        if (!answer.response().hasBody()) {
            return answer;
        }
        MessageBody measured = MeasuredBody.of(body, answer.response().fields().get(HttpHeaders.CONTENT_LENGTH));
        return measured.equals(body) ? answer : answer.withBody(measured);
    }

    private Future<Answer> onResponse(Answer answer, Function<Throwable, Answer> explain, int from) {
        Answer current = answer;
        if (from >= met.size()) {
            return Future.succeededFuture(current); // The exchange has come to its end meanwhile.
        }
        if (from >= 0) {
            invoker.readClock();
        }
        for (int i = from; i >= 0; i--) {
            FilterCall call = met.get(i);
            if (call.listensToResponse()) {
                Answer seen = current;
                Future<Action> action = call.call(
                        invoker.now(),
                        Hook.RESPONSE_HEADERS,
                        (c, response) -> c.filter().onResponseHeaders(response),
                        seen.response());
                if (action.succeeded() && action.result() instanceof Action.Proceed) {
                    current = streamThrough(call, seen);
                    continue;
                }
                Future<Answer> shown = onResponse(action, call, seen).recover(failure -> {
                    seen.body().discard();
                    return Future.succeededFuture(explain.apply(failure));
                });
                if (!shown.isComplete()) {
                    int next = i - 1;
                    return shown.compose(a -> onResponse(a, explain, next));
                }
                current = shown.result();
            }
        }
        return Future.succeededFuture(current);
    }

    private static Future<Answer> onResponse(Future<Action> action, FilterCall call, Answer answer) {
        return action.compose(a -> switch (a) {
            case Action.Respond respond -> Future.succeededFuture(replace(answer, respond.response()));
            case Action.BufferBody buffer -> bufferResponse(call, answer, buffer.limit());
            default -> Future.succeededFuture(streamThrough(call, answer));
        });
    }

    private static Answer streamThrough(FilterCall call, Answer answer) {
        boolean listens = call.listensTo(Hook.RESPONSE_DATA) || call.listensTo(Hook.RESPONSE_TRAILERS);
        return listens && !answer.switchesProtocols()
                ? answer.withBody(new FilteredBody(answer.body(), call, Hook.RESPONSE_DATA, Hook.RESPONSE_TRAILERS))
                : answer;
    }

    private static Future<Answer> bufferResponse(FilterCall call, Answer answer, long limit) {
        if (answer.switchesProtocols()) {
            return Future.succeededFuture(answer);
        }
        var response = answer.response();
        return BodyCollector.collect(answer.body(), limit, FailureCode.UPSTREAM_BODY_TOO_LARGE)
                .compose(whole -> {
                    response.openBody(whole.bytes());
                    return call.call(
                                    Hook.RESPONSE_BODY,
                                    (c, body) -> c.filter().onResponseBody(response, body.bytes(), body.trailers()),
                                    whole)
                            .map(action -> action instanceof Action.Respond respond
                                    ? Answer.of(respond.response())
                                    : answer.withBody(closed(
                                            response.closeBody(), whole, response.fields(), response.hasBody())));
                });
    }

    private static Answer replace(Answer answer, LocalResponse response) {
        answer.body().discard();
        return Answer.of(response);
    }

    /** A body that has been collected has a length, however it came; unless trailers follow, which have no place then. */
    private static WholeBody closed(Bytes body, WholeBody before, MultiMap fields, boolean hasBody) {
        MultiMap trailers = before.trailerFields();
        if (trailers != null && !trailers.isEmpty()) {
            fields.remove(HttpHeaders.CONTENT_LENGTH);
        } else if (hasBody || !body.isEmpty()) {
            TrailerFields.conceal(fields);
            fields.set(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
        }
        return WholeBody.of(body, trailers);
    }

    private static Verdict verdict(@Nullable Action action) {
        if (action instanceof Action.Respond respond) {
            return new Verdict.Answer(respond.response());
        }
        return action instanceof Action.Reroute ? new Verdict.Reroute() : PROCEED;
    }

    /**
     * Tells all filters that the exchange is over; the future is complete when the last of them knows. Whatever is asked of this
     * run from then on, it has met nobody.
     */
    public Future<Void> complete(Outcome outcome) {
        count(outcome);
        MetFilters all = met;
        met = MetFilters.NONE;
        Future<Void> done = Future.succeededFuture();
        for (int i = 0; i < all.size(); i++) {
            Future<Void> told = all.get(i).complete(outcome);
            done = done.isComplete() ? told : done.compose(before -> told);
        }
        if (all != MetFilters.NONE) {
            loop.spare().give(all);
        }
        return done;
    }

    /** First all are marked, then all are counted: an exchange that met a version twice has run it once. */
    private void count(Outcome outcome) {
        String failure = outcome.failure().orElse("");
        // What the gateway cut itself says nothing about a version.
        boolean broken = (outcome.status() >= 500 && !failure.equals(FailureCode.DRAINED.name()))
                || failure.startsWith("PLUGIN_");
        long nanos = outcome.duration().toNanos();
        for (int i = 0; i < met.size(); i++) {
            met.get(i).mark();
        }
        for (int i = 0; i < met.size(); i++) {
            met.get(i).count(broken, nanos);
        }
    }
}
