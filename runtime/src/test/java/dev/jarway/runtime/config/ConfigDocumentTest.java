package dev.jarway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.jarway.runtime.files.NotWrittenException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigDocumentTest {
    private static final String YAML = "# by hand\nlisteners: [ { name: web, port: 0 } ]\n";

    @TempDir
    private Path directory;

    @Test
    void readsAFileAsItsNameTells() throws IOException {
        var yaml = Files.writeString(directory.resolve("jarway.yaml"), YAML);
        var json = Files.writeString(
                directory.resolve("jarway.json"), "{\"listeners\": [{\"name\": \"web\", \"port\": 0}]}");

        assertThat(ConfigDocument.read(yaml).value().text()).isEqualTo(YAML);
        assertThat(ConfigDocument.read(json).value().tree()).isEqualTo(Documents.tree(YAML));
        var yamlAsJson = Files.writeString(directory.resolve("other.json"), YAML);
        assertThat(ConfigDocument.read(yamlAsJson).problems()).hasSize(1);
    }

    @Test
    void hasATagThatChangesWithTheText() {
        var tag = Documents.parse(YAML).etag();

        assertThat(tag)
                .matches("\"[0-9a-f]{64}\"")
                .isEqualTo(Documents.parse(YAML).etag());
        assertThat(Documents.parse(YAML + "#\n").etag()).isNotEqualTo(tag);
    }

    @Test
    void handsOutCopies() {
        var document = Documents.parse(YAML);

        document.tree().removeAll();
        document.shown().removeAll();

        assertThat(document.tree()).hasSize(1);
    }

    @Test
    void isWrittenInTheFormatOfTheFile() throws IOException {
        var json = ConfigDocument.of(Documents.tree(YAML), DocumentFormat.JSON);

        json.writeTo(directory.resolve("jarway.yaml"));
        Documents.parse(YAML).writeTo(directory.resolve("by-hand.yaml"));

        assertThat(directory.resolve("jarway.yaml")).hasContent("listeners:\n  - name: web\n    port: 0\n");
        assertThat(directory.resolve("by-hand.yaml")).hasContent(YAML);
    }

    @Test
    void keepsPermissionsAndLeavesNothingBehind() throws IOException {
        var file = Files.writeString(directory.resolve("jarway.yaml"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        Documents.parse(YAML).writeTo(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void writesThroughALink() throws IOException {
        var target = Files.writeString(directory.resolve("target.yaml"), "old");
        var link = Files.createSymbolicLink(directory.resolve("jarway.yaml"), target);

        Documents.parse(YAML).writeTo(link);

        assertThat(link).isSymbolicLink();
        assertThat(target).hasContent(YAML);
    }

    @Test
    void isNeverSeenHalfWritten() throws Exception {
        var file = directory.resolve("jarway.yaml");
        var one = document("a");
        var other = document("b");
        one.writeTo(file);
        var done = new AtomicBoolean();
        var writer = Thread.ofPlatform().start(() -> {
            try {
                for (int i = 0; i < 50; i++) {
                    (i % 2 == 0 ? other : one).writeTo(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                done.set(true);
            }
        });

        var expected = Set.of(one.text(), other.text());
        do {
            assertThat(Files.readString(file)).isIn(expected);
        } while (!done.get());
        writer.join();
    }

    private static ConfigDocument document(String letter) {
        var text = "a: " + letter.repeat(300_000);
        return ConfigDocument.parse(text.getBytes(StandardCharsets.UTF_8), DocumentFormat.YAML)
                .value();
    }

    @Test
    void leavesTheFileAloneWhenItCannotBeWritten() {
        assertThatExceptionOfType(NotWrittenException.class)
                .isThrownBy(() -> Documents.parse(YAML).writeTo(directory.resolve("none/jarway.yaml")));
    }

    @Test
    void publishesASchemaThatTakesWhatItPublishes() {
        var schema = ConfigDocument.schema().json();

        assertThat(schema.at("/$defs/ListenerConfig/properties/port/maximum").asInt())
                .isEqualTo(65_535);
        assertThat(schema.at("/$defs/FilterConfig/properties/onFailure"))
                .isEqualTo(Documents.tree("{ type: string, enum: [closed, open], default: closed }"));
        assertThat(schema.at("/required").toString()).isEqualTo("[\"listeners\"]");
        assertThat(List.of(schema.at("/additionalProperties").asBoolean(true))).containsExactly(false);
    }

    @Test
    void refusesADocumentThatIsTooLarge() {
        var bytes = new byte[ConfigDocument.MOST_BYTES + 1];

        assertThat(ConfigDocument.parse(bytes, DocumentFormat.YAML).problems()).hasSize(1);
    }
}
