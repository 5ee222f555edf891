package dev.jarway.runtime.proxy;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * The turns in which requests begin that came over connections of many requests at a time. Dozens of them may stand in one packet,
 * and each takes a connection to a service, perhaps a new one: so only a few begin before the event loop looks at its other
 * connections again, one of each connection after the other. Of one event loop.
 */
public final class StartTurns {
    private static final int REQUESTS_PER_TURN = 4;

    private final Executor soon;
    private final Executor afterOthers;

    /** By connection; that whose turn is next is the first. */
    private final LinkedHashMap<Object, Queue<Runnable>> waiting = new LinkedHashMap<>();

    /**
     * Turns in which nobody waits.
     *
     * @param soon runs what it is given on the event loop, after the event under way
     * @param afterOthers runs it there too, but after the events that other connections have by then
     */
    public StartTurns(Executor soon, Executor afterOthers) {
        this.soon = soon;
        this.afterOthers = afterOthers;
    }

    /** Has a request of that connection begin when its turn comes: after the event under way at the soonest. */
    void await(Object connection, Runnable begin) {
        if (waiting.isEmpty()) {
            soon.execute(this::turn);
        }
        waiting.computeIfAbsent(connection, first -> new ArrayDeque<>()).add(begin);
    }

    private void turn() {
        try {
            for (int begun = 0; begun < REQUESTS_PER_TURN && !waiting.isEmpty(); begun++) {
                next().run();
            }
        } finally {
            if (!waiting.isEmpty()) {
                afterOthers.execute(this::turn);
            }
        }
    }

    private Runnable next() {
        Map.Entry<Object, Queue<Runnable>> first = waiting.pollFirstEntry();
        Queue<Runnable> ofConnection = first.getValue();
        Runnable begin = ofConnection.remove();
        if (!ofConnection.isEmpty()) {
            waiting.put(first.getKey(), ofConnection);
        }
        return begin;
    }
}
