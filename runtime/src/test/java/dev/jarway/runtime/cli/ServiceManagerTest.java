package dev.jarway.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
final class ServiceManagerTest {
    @TempDir
    private Path temp;

    @Test
    void isToldThatThisProcessIsReadyAndTheOneToWatch() throws IOException {
        var path = temp.resolve("notify").toString();

        assertThat(toldTo(path, path)).isEqualTo(ready());
    }

    @Test
    void mayHaveAnAbstractAddress() throws IOException {
        var name = "jarway-" + ProcessHandle.current().pid() + "-" + System.nanoTime();

        assertThat(toldTo("\0" + name, "@" + name)).isEqualTo(ready());
    }

    @Test
    void isLeftAloneWhereThereIsNoneAndWhereItIsGone() {
        ServiceManager.of(Optional.empty()).ready();
        ServiceManager.of(Optional.of("")).ready();
        ServiceManager.of(Optional.of(temp.resolve("gone").toString())).ready();
    }

    private static String ready() {
        return "READY=1\nMAINPID=" + ProcessHandle.current().pid() + "\n";
    }

    private static String toldTo(String address, String variable) throws IOException {
        Socket manager = Socket.newSocketDomainDgram();
        try {
            manager.bind(new DomainSocketAddress(address));
            ServiceManager.of(Optional.of(variable)).ready();
            ByteBuffer received = ByteBuffer.allocateDirect(200);
            int length = manager.recv(received, 0, received.capacity());
            byte[] bytes = new byte[length];
            received.get(0, bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } finally {
            manager.close();
        }
    }
}
