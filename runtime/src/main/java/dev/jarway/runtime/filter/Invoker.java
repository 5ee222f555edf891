package dev.jarway.runtime.filter;

import dev.jarway.loader.boundary.Crossing;
import dev.jarway.loader.boundary.PluginFault;
import dev.jarway.plugin.Action;
import dev.jarway.plugin.Execution;
import dev.jarway.plugin.PluginIdentity;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way into a plugin's code for one exchange: on the thread that the plugin asks for, in turn with the calls of its
 * other filters, and within a time. What comes out is an action or a {@link PluginFault}. Belongs to one event loop.
 */
final class Invoker {
    private static final Logger log = LoggerFactory.getLogger(Invoker.class);
    private static final StackTraceElement[] NOWHERE = new StackTraceElement[0];
    private static final Future<Action> PROCEED = Future.succeededFuture(Action.proceed());

    private final FilterEntry entry;
    private final LoopScope loop;
    private final Turn turn;

    Invoker(FilterEntry entry, LoopScope loop, Turn turn) {
        this.entry = entry;
        this.loop = loop;
        this.turn = turn;
    }

    /**
     * Runs code of the plugin.
     *
     * @param nanos how long it may take
     * @return fails with a {@link PluginFault} alone, and completes on the event loop
     */
    Future<Action> call(Hook hook, long nanos, Callable<Action> code) {
        if (entry.plugin().execution() == Execution.VIRTUAL_THREAD) {
            return turn.take(() -> onVirtualThread(hook, nanos, code));
        }
        return turn.free() ? here(hook, nanos, code) : turn.take(() -> here(hook, nanos, code));
    }

    private Future<Action> here(Hook hook, long nanos, Callable<Action> code) {
        try {
            Action action = cross(loop.crossing(), hook, nanos, code);
            return action == Action.proceed() ? PROCEED : Future.succeededFuture(action);
        } catch (PluginFault fault) {
            return Future.failedFuture(fault);
        }
    }

    private Future<Action> onVirtualThread(Hook hook, long nanos, Callable<Action> code) {
        Promise<Action> promise = Promise.promise();
        // The boundary interrupts the thread in time. This timer is for one that does not heed it.
        long patience = loop.vertx().setTimer(nanos / 1_000_000 + 250, late -> promise.tryFail(timeout(hook)));
        entry.plugin().enter();
        Thread.ofVirtual().name(entry.plugin().identity() + " " + hook.method()).start(() -> {
            Future<Action> result = crossOnThisThread(hook, nanos, code);
            onLoop(() -> {
                entry.plugin().leave();
                loop.vertx().cancelTimer(patience);
                result.onSuccess(promise::tryComplete).onFailure(promise::tryFail);
            });
        });
        return promise.future();
    }

    private Future<Action> crossOnThisThread(Hook hook, long nanos, Callable<Action> code) {
        try (Crossing crossing = loop.boundary().crossing()) {
            return Future.succeededFuture(cross(crossing, hook, nanos, code));
        } catch (PluginFault fault) {
            return Future.failedFuture(fault);
        }
    }

    private Action cross(Crossing crossing, Hook hook, long nanos, Callable<Action> code) {
        PluginIdentity plugin = entry.plugin().identity();
        crossing.enter(entry.plugin(), Math.max(1, nanos));
        Action action = null;
        PluginFault fault = null;
        try {
            action = code.call();
        } catch (Throwable thrown) {
            // Before the crossing's exit, because reading what was thrown runs the plugin's code too.
            fault = PluginFault.threw(plugin, hook.method(), thrown);
        }
        if (crossing.exit()) {
            throw PluginFault.timedOut(plugin, hook.method(), entry.timeout(), crossing.cutStack());
        }
        if (fault != null) {
            throw fault;
        }
        if (action == null) {
            throw PluginFault.wrongAnswer(plugin, hook.method(), "null", "an action");
        }
        return action;
    }

    /** That a method has not come to its end in time, and nobody knows where it is. */
    PluginFault timeout(Hook hook) {
        return PluginFault.timedOut(entry.plugin().identity(), hook.method(), entry.timeout(), NOWHERE);
    }

    /** Has the event loop do something, from any thread. */
    void onLoop(Runnable task) {
        try {
            loop.context().runOnContext(ignored -> task.run());
        } catch (RejectedExecutionException e) {
            log.debug(
                    "plugin {} has come back when the gateway had stopped",
                    entry.plugin().identity(),
                    e);
        }
    }
}
