package dev.jarway.runtime.proxy;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * The turns in which requests begin that came over connections of many requests at a time. Dozens of them may stand in one packet,
 * and each takes a connection to a service, perhaps a new one: so only a few begin before the event loop looks at its other
 * connections again, one of each connection after the other. Those that their client has taken back are soon done with, and more
 * of them come than of any others: they are not to pile up here behind the few. Of one event loop.
 */
public final class StartTurns {
    private static final int SHARES_PER_TURN = 64;
    private static final int SHARES_OF_REQUEST = SHARES_PER_TURN / 4;
    private static final int SHARES_OF_GONE = 1;

    private final Executor soon;
    private final Executor afterOthers;

    /** By connection; that whose turn is next is the first. */
    private final LinkedHashMap<Object, Queue<Waiting>> waiting = new LinkedHashMap<>();

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

    /** A request that waits for its turn. */
    interface Waiting {

        /** Whether its client has taken it back. */
        boolean isGone();

        /** It is its turn. */
        void begin();
    }

    /** Has a request of that connection begin when its turn comes: after the event under way at the soonest. */
    void await(Object connection, Waiting request) {
        if (waiting.isEmpty()) {
            soon.execute(this::turn);
        }
        waiting.computeIfAbsent(connection, first -> new ArrayDeque<>()).add(request);
    }

    private void turn() {
        try {
            int shares = SHARES_PER_TURN;
            while (shares > 0 && !waiting.isEmpty()) {
                Waiting request = next();
                shares -= request.isGone() ? SHARES_OF_GONE : SHARES_OF_REQUEST;
                request.begin();
            }
        } finally {
            if (!waiting.isEmpty()) {
                afterOthers.execute(this::turn);
            }
        }
    }

    private Waiting next() {
        Map.Entry<Object, Queue<Waiting>> first = waiting.pollFirstEntry();
        Queue<Waiting> ofConnection = first.getValue();
        Waiting request = ofConnection.remove();
        if (!ofConnection.isEmpty()) {
            waiting.put(first.getKey(), ofConnection);
        }
        return request;
    }
}
