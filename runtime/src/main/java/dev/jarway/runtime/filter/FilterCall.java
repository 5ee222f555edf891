package dev.jarway.runtime.filter;

import dev.jarway.loader.boundary.PluginFault;
import dev.jarway.plugin.Action;
import dev.jarway.plugin.Exchange;
import dev.jarway.plugin.Filter;
import dev.jarway.plugin.Outcome;
import dev.jarway.plugin.Request;
import dev.jarway.runtime.config.OnFailure;
import dev.jarway.runtime.exchange.Answer;
import dev.jarway.runtime.failure.FailureCode;
import dev.jarway.runtime.failure.GatewayFailure;
import dev.jarway.runtime.filter.Invoker.Code;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One filter of one exchange, and the only one who has its methods called. What it throws, answers wrongly or does not
 * finish in time ends here, as a {@link GatewayFailure} that names the plugin or, under {@code onFailure: open}, as if the
 * filter were not there. Belongs to one event loop.
 */
final class FilterCall {
    private static final Logger log = LoggerFactory.getLogger(FilterCall.class);
    private static final Future<Action> PROCEED = Future.succeededFuture(Action.proceed());
    private static final StackTraceElement[] NOWHERE = new StackTraceElement[0];

    private final LoopScope loop;

    // Of the exchange that it is used for; null between two.
    private @Nullable FilterEntry entry;
    private @Nullable Exchange exchange;
    private @Nullable Invoker invoker;
    private @Nullable Filter filter;

    private Hooks hooks = Hooks.NONE;
    private boolean failed;
    private boolean over;

    /** Whether anybody may come back to it later than in the methods' own order: then it is for this exchange alone. */
    private boolean known;

    FilterCall(LoopScope loop) {
        this.loop = loop;
    }

    /** It is for that exchange now. */
    void use(FilterEntry used, Exchange current, Invoker way) {
        entry = used;
        exchange = current;
        invoker = way;
    }

    /**
     * The exchange is over: nothing of it or of the plugin is to be remembered.
     *
     * @return whether this may be used for another exchange; if not, all is as it was
     */
    boolean forget() {
        if (known || !hooks.areOfHeadersAlone()) {
            return false;
        }
        entry = null;
        exchange = null;
        invoker = null;
        filter = null;
        hooks = Hooks.NONE;
        over = false;
        return true;
    }

    FilterEntry entry() {
        return Objects.requireNonNull(entry);
    }

    private Exchange exchange() {
        return Objects.requireNonNull(exchange);
    }

    private Invoker invoker() {
        return Objects.requireNonNull(invoker);
    }

    /** The filter, which has been made. */
    Filter filter() {
        return Objects.requireNonNull(filter);
    }

    /** Whether calling the filter for this hook would do anything. */
    boolean listensTo(Hook hook) {
        return !failed && filter != null && hooks.has(hook);
    }

    /** Whether the filter wants to see anything of the response before it is sent. */
    boolean listensToResponse() {
        return !failed && filter != null && hooks.hasResponse();
    }

    /** Makes the filter, and calls its first method if it has that. It is {@code now}. */
    Future<Action> begin(long now, Request request) {
        return timed(now, Hook.REQUEST_HEADERS, FilterCall::make, request);
    }

    private Action make(Request request) throws Exception {
        Filter made = entry().plugin().newFilter(exchange());
        hooks = Hooks.overriddenBy(made.getClass());
        filter = made;
        return hooks.has(Hook.REQUEST_HEADERS) ? made.onRequestHeaders(request) : Action.proceed();
    }

    /** Calls a method, if the filter has it and has not failed. The future holds no {@link Action.Await}. */
    <S> Future<Action> call(Hook hook, Code<S> method, S subject) {
        return listensTo(hook) ? timed(System.nanoTime(), hook, method, subject) : PROCEED;
    }

    /** The same where it is known that it is {@code now}. */
    <S> Future<Action> call(long now, Hook hook, Code<S> method, S subject) {
        return listensTo(hook) ? timed(now, hook, method, subject) : PROCEED;
    }

    /** Calls the last method. What it throws changes nothing any more. */
    Future<Void> complete(Outcome outcome) {
        over = true;
        if (filter == null || !hooks.has(Hook.COMPLETE)) {
            return Future.succeededFuture();
        }
        Future<Action> told = tallied(
                System.nanoTime(),
                invoker().call(this, Hook.COMPLETE, entry().timeout().toNanos(), FilterCall::end, outcome));
        if (told.succeeded()) {
            return Future.succeededFuture();
        }
        known = true;
        return told.onFailure(fault -> {
                    entry().tallies().failed(loop.index(), isLate(fault));
                    log.warn("{}", fault.getMessage());
                })
                .transform(done -> Future.succeededFuture());
    }

    private Action end(Outcome outcome) throws Exception {
        filter().onComplete(outcome);
        return Action.proceed();
    }

    /** Says that the exchange which is ending has met this filter. */
    void mark() {
        entry().tallies().mark(loop.index(), failed);
    }

    /** Counts the exchange, if it has not been counted for the same version. */
    void count(boolean broken, long nanos) {
        entry().tallies().count(loop.index(), broken, nanos);
    }

    private <S> Future<Action> timed(long start, Hook hook, Code<S> code, S subject) {
        long limit = entry().timeout().toNanos();
        return tallied(start, step(hook, start + limit, limit, code, subject));
    }

    private Future<Action> tallied(long start, Future<Action> answer) {
        if (answer.isComplete()) {
            entry().tallies().called(loop.index(), invoker().readClock() - start);
            return answer;
        }
        return answer.onComplete(done -> entry().tallies().called(loop.index(), System.nanoTime() - start));
    }

    private <S> Future<Action> step(Hook hook, long deadline, long nanos, Code<S> code, S subject) {
        Future<Action> answer = invoker().call(this, hook, nanos, code, subject);
        if (answer.succeeded() && answer.result() == Action.proceed()) {
            return PROCEED;
        }
        known = true;
        return answer.transform(
                result -> result.succeeded() ? settle(hook, deadline, result.result()) : fail(hook, result.cause()));
    }

    private Future<Action> settle(Hook hook, long deadline, Action action) {
        if (action instanceof Action.Await<?> await) {
            return await(hook, deadline, await);
        }
        Optional<String> fault = fault(hook, action);
        if (fault.isPresent()) {
            return fail(
                    hook,
                    PluginFault.wrongAnswer(
                            entry().plugin().identity(), hook.method(), fault.get(), "what the contract allows there"));
        }
        return Future.succeededFuture(action);
    }

    /** What is wrong with an action, if anything is. */
    private static Optional<String> fault(Hook hook, Action action) {
        if (!hook.allows(action)) {
            return Optional.of(action.getClass().getSimpleName());
        }
        if (action instanceof Action.Respond respond) {
            try {
                Answer.check(respond.response());
            } catch (IllegalArgumentException e) {
                return Optional.of("a response with " + e.getMessage());
            }
        }
        return Optional.empty();
    }

    private <T> Future<Action> await(Hook hook, long deadline, Action.Await<T> await) {
        Promise<T> arrival = Promise.promise();
        long millis = Math.max(1, (deadline - System.nanoTime()) / 1_000_000);
        long timer = loop.vertx().setTimer(millis, late -> arrival.tryFail(timeout(hook)));
        Code<Action.Await<T>> subscribe = (call, awaited) -> {
            awaited.value()
                    .whenComplete((value, error) -> invoker().onLoop(this, () -> {
                        if (error == null) {
                            arrival.tryComplete(value);
                        } else {
                            arrival.tryFail(PluginFault.threw(entry().plugin().identity(), hook.method(), error));
                        }
                    }));
            return Action.proceed();
        };
        Future<Action> subscribed = invoker().call(this, hook, deadline - System.nanoTime(), subscribe, await);
        Function<T, Future<Action>> then = value -> {
            loop.vertx().cancelTimer(timer);
            return over
                    ? PROCEED
                    : step(
                            hook,
                            deadline,
                            deadline - System.nanoTime(),
                            (call, arrived) -> await.then().apply(arrived),
                            value);
        };
        return subscribed.compose(ready -> arrival.future()).transform(arrived -> {
            if (arrived.succeeded()) {
                return then.apply(arrived.result());
            }
            loop.vertx().cancelTimer(timer);
            return fail(hook, arrived.cause());
        });
    }

    private Future<Action> fail(Hook hook, Throwable cause) {
        failed = true;
        boolean late = isLate(cause);
        entry().tallies().failed(loop.index(), late);
        log.warn("exchange {}: {}", exchange().id(), cause.getMessage());
        if (entry().onFailure() == OnFailure.OPEN) {
            return PROCEED;
        }
        String detail = "plugin " + entry().plugin().identity() + (late ? " did not finish " : " failed in ")
                + hook.method() + (late ? " within " + entry().timeout().toMillis() + " ms" : "");
        return Future.failedFuture(GatewayFailure.ofPlugin(
                late ? FailureCode.PLUGIN_TIMEOUT : FailureCode.PLUGIN_FAILED,
                entry().plugin().identity(),
                detail,
                cause));
    }

    /** It has changed a body's length, and the head says another: under {@code onFailure: open} too, that cannot be sent. */
    GatewayFailure failLength(Hook hook, long bytes, long announced) {
        failed = true;
        entry().tallies().failed(loop.index(), false);
        PluginFault fault = PluginFault.wrongAnswer(
                entry().plugin().identity(),
                hook.method(),
                bytes + " bytes of body",
                announced + ", as content-length says, or that removed in the headers method");
        log.warn("exchange {}: {}", exchange().id(), fault.getMessage());
        return GatewayFailure.ofPlugin(
                FailureCode.PLUGIN_FAILED,
                entry().plugin().identity(),
                "plugin " + entry().plugin().identity() + " changed the body's length in " + hook.method() + ": "
                        + bytes + " bytes (announced: " + announced + ")",
                fault);
    }

    /** That a method has not come to its end in time, and nobody knows where it is. */
    PluginFault timeout(Hook hook) {
        return PluginFault.timedOut(entry().plugin().identity(), hook.method(), entry().timeout(), NOWHERE);
    }

    private static boolean isLate(Throwable cause) {
        return cause instanceof PluginFault fault && fault.kind() == PluginFault.Kind.TIMED_OUT;
    }
}
