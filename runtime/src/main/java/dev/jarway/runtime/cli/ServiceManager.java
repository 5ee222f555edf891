package dev.jarway.runtime.cli;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service manager that started this process, if it wants to be told about it: systemd, by its {@code sd_notify(3)}. */
final class ServiceManager {
    private static final Logger log = LoggerFactory.getLogger(ServiceManager.class);

    private final Optional<String> socket;

    private ServiceManager(Optional<String> socket) {
        this.socket = socket;
    }

    /** The one that the environment names. */
    static ServiceManager of(Optional<String> notifySocket) {
        return new ServiceManager(notifySocket.filter(path -> !path.isBlank()));
    }

    /** Tells it that this process serves, and is the one to watch. What fails is logged. */
    void ready() {
        socket.ifPresent(path -> {
            try {
                send(path, "READY=1\nMAINPID=" + ProcessHandle.current().pid() + "\n");
            } catch (IOException e) {
                log.warn("The service manager cannot be told through {}: {}", path, e.toString());
            }
        });
    }

    private static void send(String path, String text) throws IOException {
        if (!Epoll.isAvailable()) {
            throw new IOException("it takes Linux with epoll");
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer message = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        Socket datagrams = Socket.newSocketDomainDgram();
        try {
            // systemd writes @ for the zero that an abstract address begins with.
            String address = path.startsWith("@") ? "\0" + path.substring(1) : path;
            datagrams.sendToDomainSocket(message, 0, bytes.length, address.getBytes(StandardCharsets.UTF_8));
        } finally {
            datagrams.close();
        }
    }
}
