package dev.jarway.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jarway.plugin.Secrets;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostSecretsTest {
    @TempDir
    Path folder;

    private final HostFixture host = new HostFixture();
    private final Secrets secrets = host.context().secrets();

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void findsVariablesOfTheEnvironment() {
        assertThat(secrets.find("env:DB_PASSWORD")).contains("s3cret");
        assertThat(secrets.find("env:NO_SUCH_VARIABLE")).isEmpty();
    }

    @Test
    void findsFilesWithoutTheirFinalLineBreak() throws Exception {
        assertThat(file("s3cret")).isEqualTo("s3cret");
        assertThat(file("s3cret\n")).isEqualTo("s3cret");
        assertThat(file("s3cret\r\n")).isEqualTo("s3cret");
        assertThat(file("two\nlines\n\n")).isEqualTo("two\nlines\n");
        assertThat(file(" spaces ")).isEqualTo(" spaces ");
        assertThat(file("")).isEmpty();
    }

    @Test
    void readsAFileAtEachCall() throws Exception {
        assertThat(file("old")).isEqualTo("old");
        assertThat(file("new")).isEqualTo("new");
    }

    @Test
    void findsNothingWhereNoFileIs() {
        assertThat(secrets.find("file:" + folder.resolve("missing"))).isEmpty();
    }

    @Test
    void saysWhyAFileCannotBeRead() throws Exception {
        assertThatThrownBy(() -> secrets.find("file:" + folder))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("secret file " + folder);
        var big = Files.write(folder.resolve("big"), new byte[1024 * 1024 + 1]);
        assertThatThrownBy(() -> secrets.find("file:" + big)).hasMessageContaining("over 1048576 bytes");
        var binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff});
        assertThatThrownBy(() -> secrets.find("file:" + binary)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void refusesOtherReferencesWithoutShowingThem() {
        assertThatThrownBy(() -> secrets.find("hunter2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: env:NAME or file:PATH")
                .hasMessageNotContaining("hunter2");
    }

    private String file(String content) throws Exception {
        var file = Files.writeString(folder.resolve("secret"), content);
        return secrets.find("file:" + file).orElseThrow();
    }
}
