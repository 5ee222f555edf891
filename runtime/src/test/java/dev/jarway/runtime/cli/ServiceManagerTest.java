package dev.jarway.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
        try (FakeServiceManager manager = new FakeServiceManager(address)) {
            ServiceManager.of(Optional.of(variable)).ready();
            return manager.told().orElse("nothing");
        }
    }
}
