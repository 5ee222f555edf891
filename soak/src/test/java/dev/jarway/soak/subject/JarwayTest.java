package dev.jarway.soak.subject;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The gateway as the soak starts it. */
class JarwayTest {
    @Test
    void isStartedWithTheLaunchersOptions() throws Exception {
        String launcher = Files.readString(Path.of("../jarway"));

        assertThat(Jarway.LAUNCHER_OPTIONS)
                .allSatisfy(option -> assertThat(launcher).contains(option.replace("--add-opens=", "--add-opens ")));
        assertThat(launcher.split("--add-opens ", -1))
                .hasSize(1
                        + (int) Jarway.LAUNCHER_OPTIONS.stream()
                                .filter(option -> option.startsWith("--add-opens"))
                                .count());
    }
}
