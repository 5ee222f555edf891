package dev.jarway.runtime.filter;

import dev.jarway.loader.boundary.Crossing;
import dev.jarway.loader.boundary.PluginFault;
import dev.jarway.plugin.Action;
import dev.jarway.plugin.Execution;
import dev.jarway.plugin.PluginIdentity;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way into plugins' code for one exchange: on the thread that a plugin asks for, in turn with the calls of the other
 * filters, and within a time. What comes out is an action or a {@link PluginFault}. Belongs to one event loop.
 */
final class Invoker {
    private static final Logger log = LoggerFactory.getLogger(Invoker.class);
    private static final Future<Action> PROCEED = Future.succeededFuture(Action.proceed());

    private final LoopScope loop;
    private final Turn turn = new Turn();
    private long now;

    Invoker(LoopScope loop) {
        this.loop = loop;
    }

    /** What is to be run of a plugin. What it needs is given apart, so that a call on the event loop allocates nothing. */
    interface Code<S> {
        Action run(FilterCall call, S subject) throws Exception;
    }

    /**
     * Runs code of a plugin.
     *
     * @param call whose plugin it is
     * @param nanos how long it may take
     * @return fails with a {@link PluginFault} alone, and completes on the event loop
     */
    <S> Future<Action> call(FilterCall call, Hook hook, long nanos, Code<S> code, S subject) {
        if (call.entry().plugin().execution() == Execution.VIRTUAL_THREAD) {
            return turn.take(() -> onVirtualThread(call, hook, nanos, code, subject));
        }
        return turn.free()
                ? here(call, hook, nanos, code, subject)
                : turn.take(() -> here(call, hook, nanos, code, subject));
    }

    private <S> Future<Action> here(FilterCall call, Hook hook, long nanos, Code<S> code, S subject) {
        Crossing crossing = loop.crossing();
        crossing.enter(call.entry().plugin(), Math.max(1, nanos));
        try {
            Action action = cross(crossing, call, hook, code, subject);
            return action == Action.proceed() ? PROCEED : Future.succeededFuture(action);
        } catch (PluginFault fault) {
            return Future.failedFuture(fault);
        }
    }

    private <S> Future<Action> onVirtualThread(FilterCall call, Hook hook, long nanos, Code<S> code, S subject) {
        ConfiguredPlugin plugin = call.entry().plugin();
        Promise<Action> promise = Promise.promise();
        // The boundary interrupts the thread in time. This timer is for one that does not heed it.
        long patience = loop.vertx().setTimer(nanos / 1_000_000 + 250, late -> promise.tryFail(call.timeout(hook)));
        plugin.enter();
        Thread.ofVirtual().name(plugin.identity() + " " + hook.method()).start(() -> {
            Future<Action> result = crossOnThisThread(call, hook, nanos, code, subject);
            onLoop(call, () -> {
                plugin.leave();
                loop.vertx().cancelTimer(patience);
                result.onSuccess(promise::tryComplete).onFailure(promise::tryFail);
            });
        });
        return promise.future();
    }

    private <S> Future<Action> crossOnThisThread(FilterCall call, Hook hook, long nanos, Code<S> code, S subject) {
        try (Crossing crossing = loop.boundary().crossing()) {
            crossing.enter(call.entry().plugin(), Math.max(1, nanos));
            return Future.succeededFuture(cross(crossing, call, hook, code, subject));
        } catch (PluginFault fault) {
            return Future.failedFuture(fault);
        }
    }

    /** Runs the code, of which the crossing has been entered, to its exit. */
    private static <S> Action cross(Crossing crossing, FilterCall call, Hook hook, Code<S> code, S subject) {
        PluginIdentity plugin = call.entry().plugin().identity();
        Action action = null;
        PluginFault fault = null;
        try {
            action = code.run(call, subject);
        } catch (Throwable thrown) {
            // Before the crossing's exit, because reading what was thrown runs the plugin's code too.
            fault = PluginFault.threw(plugin, hook.method(), thrown);
        }
        if (crossing.exit()) {
            throw PluginFault.timedOut(plugin, hook.method(), call.entry().timeout(), crossing.cutStack());
        }
        if (fault != null) {
            throw fault;
        }
        if (action == null) {
            throw PluginFault.wrongAnswer(plugin, hook.method(), "null", "an action");
        }
        return action;
    }

    /** Reads the clock. */
    long readClock() {
        now = System.nanoTime();
        return now;
    }

    /**
     * When the clock was last read. Where one call follows upon another the end of that is its beginning: to read the clock
     * costs as much as half of all else that a call needs.
     */
    long now() {
        return now;
    }

    /** Has the event loop do something, from any thread. */
    void onLoop(FilterCall call, Runnable task) {
        try {
            loop.context().runOnContext(ignored -> task.run());
        } catch (RejectedExecutionException e) {
            log.debug(
                    "plugin {} has come back when the gateway had stopped",
                    call.entry().plugin().identity(),
                    e);
        }
    }
}
