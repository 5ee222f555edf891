package dev.jarway.samples.filediscovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jarway.plugin.Endpoint;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointFileTest {
    @TempDir
    Path directory;

    private Path path;
    private EndpointFile file;

    @BeforeEach
    void create() {
        path = directory.resolve("endpoints.txt");
        file = new EndpointFile(path);
    }

    @Test
    void hasAnEndpointALine() throws IOException {
        Files.writeString(path, "# ours\n\n  http://10.0.0.7:8080  2 # large\nhttps://b\n");

        assertThat(file.read())
                .containsExactly(new Endpoint(URI.create("http://10.0.0.7:8080"), 2), Endpoint.of("https://b"));
    }

    @Test
    void saysWhichLineIsWrong() throws IOException {
        Files.writeString(path, "http://a\nftp://b\n");
        assertThatThrownBy(file::read).hasMessageContaining("endpoints.txt, line 2: url: ftp://b");

        Files.writeString(path, "http://a many\n");
        assertThatThrownBy(file::read).hasMessageContaining("line 1: For input string: \"many\"");

        Files.writeString(path, "http://a 1 2\n");
        assertThatThrownBy(file::read).hasMessageContaining("line 1: more than a URL and a weight");
    }

    @Test
    void saysThatThereIsNoFile() {
        assertThatThrownBy(file::read).hasMessageContaining("endpoints.txt: there is no such file");
    }

    @Test
    void takesAChangeWhenItHasHeldStill() throws IOException {
        Files.writeString(path, "http://a\n");
        file.read();
        assertThat(file.readAgain()).isEmpty();

        Files.writeString(path, "");
        assertThat(file.readAgain()).isEmpty();
        Files.writeString(path, "http://b\n");
        assertThat(file.readAgain()).isEmpty();

        assertThat(file.readAgain())
                .hasValueSatisfying(found -> assertThat(found).containsExactly(Endpoint.of("http://b")));
        assertThat(file.readAgain()).isEmpty();
    }

    @Test
    void tellsOnceThatAChangeIsWrong() throws IOException {
        Files.writeString(path, "http://a\n");
        file.read();
        Files.writeString(path, "nonsense\n");
        assertThat(file.readAgain()).isEmpty();

        assertThatThrownBy(file::readAgain).hasMessageContaining("line 1");
        assertThat(file.readAgain()).isEmpty();
    }
}
