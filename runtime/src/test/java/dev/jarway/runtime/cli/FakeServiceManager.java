package dev.jarway.runtime.cli;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A service manager that only keeps what it is told. */
public final class FakeServiceManager implements AutoCloseable {
    private final Socket socket;

    /** One with that address, which begins with a zero if it is abstract. */
    public FakeServiceManager(String address) throws IOException {
        Epoll.ensureAvailability();
        socket = Socket.newSocketDomainDgram();
        socket.bind(new DomainSocketAddress(address));
    }

    /** The oldest notice that has not been asked for yet. */
    public Optional<String> told() throws IOException {
        ByteBuffer received = ByteBuffer.allocateDirect(200);
        int length = socket.recv(received, 0, received.capacity());
        byte[] bytes = new byte[Math.max(0, length)];
        received.get(0, bytes);
        return Optional.of(new String(bytes, StandardCharsets.UTF_8)).filter(text -> !text.isEmpty());
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
