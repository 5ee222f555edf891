package dev.jarway.runtime.listener;

import io.netty.buffer.ByteBuf;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The UDP sockets of one address, and which of them a packet is for. The kernel goes by the addresses of clients, and spreads them
 * anew whenever a socket comes or goes; a connection belongs to the socket that has given it its id, and whoever is new goes to one
 * that takes new ones. Safe from any thread.
 */
final class QuicPort {
    private final byte[] secret = new byte[32];
    private volatile List<@Nullable QuicSteering> sockets = List.of();

    /** One without sockets. */
    QuicPort() {
        new SecureRandom().nextBytes(secret);
    }

    /** What shows clients to receive what is sent to them, whichever socket they were told by. Of one event loop. */
    RetryTokens tokens() {
        return new RetryTokens(new SecretKeySpec(secret, RetryTokens.ALGORITHM));
    }

    /** A place for another socket. */
    synchronized QuicSteering join() {
        List<@Nullable QuicSteering> changed = new ArrayList<>(sockets);
        int free = changed.indexOf(null);
        int number = free < 0 ? changed.size() : free;
        QuicSteering joined = new QuicSteering(this, number);
        if (free < 0) {
            changed.add(joined);
        } else {
            changed.set(free, joined);
        }
        sockets = Collections.unmodifiableList(changed);
        return joined;
    }

    /** Gives its place to others: it is closed. */
    synchronized void leave(QuicSteering socket) {
        List<@Nullable QuicSteering> changed = new ArrayList<>(sockets);
        if (changed.get(socket.number()) == socket) {
            changed.set(socket.number(), null);
            sockets = Collections.unmodifiableList(changed);
        }
    }

    /** Whether it has sockets. */
    boolean isOpen() {
        return sockets.stream().anyMatch(socket -> socket != null && socket.isThere());
    }

    /** Who is to have a packet that has reached that socket; null if nobody takes what begins with it. */
    @Nullable
    QuicSteering target(QuicSteering reached, ByteBuf packet) {
        int owner = QuicPacket.owner(packet);
        if (owner == QuicPacket.NEW) {
            return reached.takesNew() ? reached : anyThatTakesNew();
        }
        List<@Nullable QuicSteering> known = sockets;
        QuicSteering owning = owner >= 0 && owner < known.size() ? known.get(owner) : null;
        return owning == null || !owning.isThere() ? reached : owning;
    }

    private @Nullable QuicSteering anyThatTakesNew() {
        List<@Nullable QuicSteering> known = sockets;
        int from = ThreadLocalRandom.current().nextInt(Math.max(1, known.size()));
        for (int i = 0; i < known.size(); i++) {
            QuicSteering socket = known.get((from + i) % known.size());
            if (socket != null && socket.takesNew()) {
                return socket;
            }
        }
        return null;
    }
}
