package dev.jarway.runtime.upgrade;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the gateway in charge receives its successor, and hands over to it. Until the successor has said that it serves,
 * nothing is lost: when it hangs up or dies, this gateway is in charge again. The other side is {@link Predecessor}.
 */
public final class Reception implements AutoCloseable {
    static final String SOCKETS = "sockets";
    static final String PASS = "pass";
    static final String HAND_OVER = "hand over";
    static final String YOURS = "yours";
    static final String SERVING = "serving";
    static final String REFUSED = "refused: ";

    private static final Logger log = LoggerFactory.getLogger(Reception.class);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    // Loading takes as long as it takes; a successor that hangs is to be ended, and then it hangs up.
    private static final Duration LOADING = Duration.ofDays(1);

    private final UpgradeSocket socket;
    private final Introduction introduction;
    private final Charge charge;
    private final AtomicBoolean underWay = new AtomicBoolean();
    private volatile boolean closed;

    private Reception(UpgradeSocket socket, Introduction introduction, Charge charge) {
        this.socket = socket;
        this.introduction = introduction;
        this.charge = charge;
    }

    /** Why a gateway on this data directory cannot be upgraded; empty if it can. */
    public static Optional<String> obstacle(Path data) {
        return UpgradeSocket.obstacle(data);
    }

    /** Opens the upgrade socket of a data directory that this process is in charge of. */
    public static Reception open(Path data, Introduction introduction, Charge charge) throws IOException {
        Reception reception = new Reception(UpgradeSocket.in(data), introduction, charge);
        try {
            reception.socket.listen(reception::attend);
        } catch (IOException e) {
            reception.close();
            throw e;
        }
        return reception;
    }

    private void attend(UpgradeLine line) {
        try (line) {
            line.say(introduction.toLine());
            if (!line.hear(ANSWER).equals(SOCKETS)) {
                return;
            }
            if (!underWay.compareAndSet(false, true)) {
                line.say(REFUSED + "another upgrade is under way");
                return;
            }
            try {
                receive(line);
            } finally {
                underWay.set(false);
            }
        } catch (IOException e) {
            log.debug("Somebody who asked has gone", e);
        }
    }

    private void receive(UpgradeLine line) throws IOException {
        Map<String, FileDescriptor> sockets = charge.sockets();
        List<String> names = List.copyOf(sockets.keySet());
        line.say(new JsonMapper().writeValueAsString(names));
        if (!names.isEmpty() && line.hear(ANSWER).equals(PASS)) {
            for (String name : names) {
                line.pass(Objects.requireNonNull(sockets.get(name), name));
            }
        }
        log.info("A successor has taken the sockets, and loads");
        try {
            if (line.hear(LOADING).equals(HAND_OVER)) {
                handOver(line);
            }
        } catch (IOException e) {
            log.warn("The successor has gone before it took over: {}. This gateway goes on", e.getMessage());
        }
    }

    private void handOver(UpgradeLine line) throws IOException {
        boolean serving = false;
        try {
            charge.layDown();
            socket.deafen();
            line.say(YOURS);
            serving = line.hear(LOADING).equals(SERVING);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            log.error("This gateway cannot hand over", e);
            line.say(REFUSED + e);
        } finally {
            if (serving) {
                log.info("The successor serves; this gateway finishes what is under way, and ends");
                charge.leave();
            } else {
                takeBack();
            }
        }
    }

    private void takeBack() {
        if (closed) {
            return;
        }
        try {
            charge.takeBack();
            socket.listen(this::attend);
        } catch (Exception e) {
            log.error("This gateway serves, but is not in charge of its data directory any more: restart it", e);
        }
    }

    /** Receives nobody any more. */
    @Override
    public void close() {
        closed = true;
        socket.close();
    }
}
