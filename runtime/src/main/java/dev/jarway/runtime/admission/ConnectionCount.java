package dev.jarway.runtime.admission;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** How many connections of a listener are open, and how many of these each client has. Safe from any thread. */
public final class ConnectionCount {
    private final Door door;
    private final AtomicInteger open = new AtomicInteger();
    private final ConcurrentMap<InetAddress, Integer> byClient = new ConcurrentHashMap<>();

    /** Of the listener with that door; none yet. */
    public ConnectionCount(Door door) {
        this.door = door;
    }

    /** How many are open. */
    public int open() {
        return open.get();
    }

    /**
     * Counts a connection until it closes; false if it would be one too many, which is not counted.
     *
     * @param client whose it is; null if that is not known yet
     */
    public boolean add(Channel connection, @Nullable InetAddress client) {
        if (open.incrementAndGet() > door.limits().connections()) {
            open.decrementAndGet();
            door.counts().add(Limit.CONNECTIONS);
            return false;
        }
        if (!addClient(connection, client)) {
            open.decrementAndGet();
            return false;
        }
        connection.closeFuture().addListener(closed -> open.decrementAndGet());
        return true;
    }

    /** Counts whose connection it is that has been counted already; false if it would be one too many of that client. */
    public boolean addClient(Channel connection, @Nullable InetAddress client) {
        if (client == null) {
            return true;
        }
        if (byClient.merge(client, 1, Integer::sum) > door.limits().connectionsPerClient()) {
            remove(client);
            door.counts().add(Limit.CONNECTIONS_PER_CLIENT);
            return false;
        }
        connection.closeFuture().addListener(closed -> remove(client));
        return true;
    }

    private void remove(InetAddress client) {
        byClient.merge(client, -1, Integer::sum);
        byClient.remove(client, 0);
    }
}
