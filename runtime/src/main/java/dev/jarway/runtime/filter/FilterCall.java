package dev.jarway.runtime.filter;

import dev.jarway.loader.boundary.PluginFault;
import dev.jarway.plugin.Action;
import dev.jarway.plugin.Exchange;
import dev.jarway.plugin.Filter;
import dev.jarway.runtime.config.OnFailure;
import dev.jarway.runtime.exchange.Answer;
import dev.jarway.runtime.failure.FailureCode;
import dev.jarway.runtime.failure.GatewayFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
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

    private final FilterEntry entry;
    private final Exchange exchange;
    private final LoopScope loop;
    private final Invoker invoker;

    private @Nullable Filter filter;
    private Set<Hook> hooks = Set.of();
    private boolean failed;
    private boolean over;

    /** What to call on the filter. */
    interface Method {
        Action on(Filter filter) throws Exception;
    }

    FilterCall(FilterEntry entry, Exchange exchange, LoopScope loop, Turn turn) {
        this.entry = entry;
        this.exchange = exchange;
        this.loop = loop;
        this.invoker = new Invoker(entry, loop, turn);
    }

    FilterEntry entry() {
        return entry;
    }

    /** Whether calling the filter for this hook would do anything. */
    boolean listensTo(Hook hook) {
        return !failed && filter != null && hooks.contains(hook);
    }

    /** Whether the filter wants to see anything of the response before it is sent. */
    boolean listensToResponse() {
        return listensTo(Hook.RESPONSE_HEADERS)
                || listensTo(Hook.RESPONSE_DATA)
                || listensTo(Hook.RESPONSE_TRAILERS)
                || listensTo(Hook.RESPONSE_BODY);
    }

    /** Makes the filter, and calls its first method if it has that. */
    Future<Action> begin(Method onRequestHeaders) {
        return timed(Hook.REQUEST_HEADERS, () -> {
            Filter made = entry.plugin().newFilter(exchange);
            hooks = Hook.overriddenBy(made.getClass());
            filter = made;
            return hooks.contains(Hook.REQUEST_HEADERS) ? onRequestHeaders.on(made) : Action.proceed();
        });
    }

    /** Calls a method, if the filter has it and has not failed. The future holds no {@link Action.Await}. */
    Future<Action> call(Hook hook, Method method) {
        Filter made = filter;
        if (made == null || failed || !hooks.contains(hook)) {
            return PROCEED;
        }
        return timed(hook, () -> method.on(made));
    }

    /** Calls the last method. What it throws changes nothing any more. */
    Future<Void> complete(Method onComplete) {
        over = true;
        Filter made = filter;
        if (made == null || !hooks.contains(Hook.COMPLETE)) {
            return Future.succeededFuture();
        }
        return tallied(
                        System.nanoTime(),
                        invoker.call(Hook.COMPLETE, entry.timeout().toNanos(), () -> onComplete.on(made)))
                .onFailure(fault -> {
                    entry.tallies().failed(loop.index(), isLate(fault));
                    log.warn("{}", fault.getMessage());
                })
                .transform(done -> Future.succeededFuture());
    }

    /** Says that the exchange which is ending has met this filter. */
    void mark() {
        entry.tallies().mark(loop.index(), failed);
    }

    /** Counts the exchange, if it has not been counted for the same version. */
    void count(boolean broken, long nanos) {
        entry.tallies().count(loop.index(), broken, nanos);
    }

    private Future<Action> timed(Hook hook, Callable<Action> code) {
        long start = System.nanoTime();
        long limit = entry.timeout().toNanos();
        return tallied(start, step(hook, start + limit, limit, code));
    }

    private Future<Action> tallied(long start, Future<Action> answer) {
        if (answer.isComplete()) {
            entry.tallies().called(loop.index(), System.nanoTime() - start);
            return answer;
        }
        return answer.onComplete(done -> entry.tallies().called(loop.index(), System.nanoTime() - start));
    }

    private Future<Action> step(Hook hook, long deadline, long nanos, Callable<Action> code) {
        Future<Action> answer = invoker.call(hook, nanos, code);
        if (answer.succeeded() && answer.result() == Action.proceed()) {
            return PROCEED;
        }
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
                            entry.plugin().identity(), hook.method(), fault.get(), "what the contract allows there"));
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
        long timer = loop.vertx().setTimer(millis, late -> arrival.tryFail(invoker.timeout(hook)));
        Future<Action> subscribed = invoker.call(hook, deadline - System.nanoTime(), () -> {
            await.value()
                    .whenComplete((value, error) -> invoker.onLoop(() -> {
                        if (error == null) {
                            arrival.tryComplete(value);
                        } else {
                            arrival.tryFail(PluginFault.threw(entry.plugin().identity(), hook.method(), error));
                        }
                    }));
            return Action.proceed();
        });
        Function<T, Future<Action>> then = value -> {
            loop.vertx().cancelTimer(timer);
            return over
                    ? PROCEED
                    : step(
                            hook,
                            deadline,
                            deadline - System.nanoTime(),
                            () -> await.then().apply(value));
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
        entry.tallies().failed(loop.index(), late);
        log.warn("exchange {}: {}", exchange.id(), cause.getMessage());
        if (entry.onFailure() == OnFailure.OPEN) {
            return PROCEED;
        }
        String detail = "plugin " + entry.plugin().identity() + (late ? " did not finish " : " failed in ")
                + hook.method() + (late ? " within " + entry.timeout().toMillis() + " ms" : "");
        return Future.failedFuture(GatewayFailure.ofPlugin(
                late ? FailureCode.PLUGIN_TIMEOUT : FailureCode.PLUGIN_FAILED,
                entry.plugin().identity(),
                detail,
                cause));
    }

    /** It has changed a body's length, and the head says another: under {@code onFailure: open} too, that cannot be sent. */
    GatewayFailure failLength(Hook hook, long bytes, long announced) {
        failed = true;
        entry.tallies().failed(loop.index(), false);
        PluginFault fault = PluginFault.wrongAnswer(
                entry.plugin().identity(),
                hook.method(),
                bytes + " bytes of body",
                announced + ", as content-length says, or that removed in the headers method");
        log.warn("exchange {}: {}", exchange.id(), fault.getMessage());
        return GatewayFailure.ofPlugin(
                FailureCode.PLUGIN_FAILED,
                entry.plugin().identity(),
                "plugin " + entry.plugin().identity() + " changed the body's length in " + hook.method() + ": " + bytes
                        + " bytes (announced: " + announced + ")",
                fault);
    }

    private static boolean isLate(Throwable cause) {
        return cause instanceof PluginFault fault && fault.kind() == PluginFault.Kind.TIMED_OUT;
    }
}
