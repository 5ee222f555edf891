package dev.jarway.runtime.upgrade;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.netty.channel.unix.FileDescriptor;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateway that this process is to succeed, as seen from here. Used by one thread. */
public final class Predecessor implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Predecessor.class);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    // The change that is just being applied is finished first.
    private static final Duration LAYING_DOWN = Duration.ofMinutes(2);

    private final UpgradeSocket socket;
    private final UpgradeLine line;
    private final Introduction introduction;

    private Predecessor(UpgradeSocket socket, UpgradeLine line, Introduction introduction) {
        this.socket = socket;
        this.line = line;
        this.introduction = introduction;
    }

    /**
     * Connects to the gateway in charge of a data directory.
     *
     * @throws IOException if there is none, or it cannot be upgraded; the message says which
     */
    public static Predecessor on(Path data) throws IOException {
        Optional<String> obstacle = UpgradeSocket.obstacle(data);
        if (obstacle.isPresent()) {
            throw new IOException("no upgrade here: " + obstacle.get());
        }
        UpgradeSocket socket = UpgradeSocket.in(data);
        try {
            UpgradeLine line = socket.connect();
            return new Predecessor(socket, line, Introduction.from(line.hear(ANSWER)));
        } catch (IOException e) {
            socket.close();
            throw new IOException(
                    "no gateway answers on the data directory " + data + " (expected: one that runs): "
                            + e.getMessage(),
                    e);
        }
    }

    /** What it says of itself. */
    public Introduction introduction() {
        return introduction;
    }

    /** Takes a descriptor of each socket on which it listens. It listens on them too, as before. */
    public Map<String, FileDescriptor> sockets() throws IOException {
        line.say(Reception.SOCKETS);
        String answer = line.hear(ANSWER);
        if (answer.startsWith(Reception.REFUSED)) {
            throw new IOException("process " + introduction.process() + " refuses the upgrade: "
                    + answer.substring(Reception.REFUSED.length()));
        }
        List<String> names = new JsonMapper().readValue(answer, new TypeReference<>() {});
        Map<String, FileDescriptor> sockets = new LinkedHashMap<>();
        if (!names.isEmpty()) {
            List<FileDescriptor> taken = line.take(Reception.PASS, names.size(), ANSWER);
            for (int i = 0; i < names.size(); i++) {
                sockets.put(names.get(i), taken.get(i));
            }
        }
        return sockets;
    }

    /**
     * Asks it to lay down its charge; it has when this returns. One that dies has laid it down too.
     *
     * @throws IOException if it cannot, and goes on as before
     */
    public void layDown() throws IOException {
        try {
            line.say(Reception.HAND_OVER);
            String answer = line.hear(LAYING_DOWN);
            if (!answer.equals(Reception.YOURS)) {
                throw new IOException("process " + introduction.process() + " does not hand over: " + answer);
            }
        } catch (EOFException e) {
            log.warn(
                    "Process {} has died in the middle of the upgrade; this one goes on alone", introduction.process());
        }
    }

    /** Tells it that this process serves, so that it ends. */
    public void relieve() {
        try {
            line.say(Reception.SERVING);
        } catch (IOException e) {
            log.debug("It has gone already", e);
        }
    }

    /** Hangs up. Before {@link #relieve}, that is to say: the upgrade has failed. */
    @Override
    public void close() {
        line.close();
        socket.close();
    }
}
