package dev.jarway.runtime.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.jarway.runtime.config.DocumentFormat;
import dev.jarway.runtime.files.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
    private static final String ONE = "listeners: [ { name: one, port: 1 } ]\n";
    private static final String TWO = "listeners: [ { name: two, port: 2 } ]\n";

    @TempDir
    Path temp;

    private History history;

    @BeforeEach
    void openHistory() throws IOException {
        history = writing();
    }

    @AfterEach
    void closeHistory() {
        history.close();
    }

    @Test
    void hasWhatWasAppendedWhenItIsOpenedAgain() throws Exception {
        Revision first = append(ONE);
        Revision second = append(TWO, jar("a"));

        reopen();

        assertThat(history.revisions()).containsExactly(second, first);
        assertThat(history.document(second).text()).isEqualTo(TWO);
        assertThat(Files.readString(history.jar(second.plugins().getFirst()))).isEqualTo("a");
    }

    @Test
    void countsOnWhereItEnded() throws Exception {
        append(ONE);
        append(TWO);
        reopen();

        assertThat(append(ONE).number()).isEqualTo(3);
    }

    @Test
    void forgetsWhatIsBeyondTheNumberToRetainAndItsContents() throws Exception {
        append(ONE, jar("a"), jar("b"));
        append(ONE, jar("b"));
        append(TWO, jar("b"), jar("c"));

        append(history, 2, TWO, jar("c"));

        assertThat(history.revisions()).extracting(Revision::number).containsExactly(4L, 3L);
        assertThat(History.open(temp.resolve("history")).revisions()).isEqualTo(history.revisions());
        assertThat(contents()).containsExactlyInAnyOrder(hash(TWO), hash("b"), hash("c"));
    }

    @Test
    void forgetsWhatItKnewOfADamagedRevisionThatIsBeyondThatNumber() throws Exception {
        append(ONE);
        append(TWO);
        Files.writeString(temp.resolve("history/revisions/1.revision"), "torn");
        reopen();

        append(history, 1, ONE);

        assertThat(history.damaged()).isEmpty();
        assertThat(history.revisions()).extracting(Revision::number).containsExactly(3L);
        assertThat(temp.resolve("history/revisions/1.revision")).doesNotExist();
    }

    @Test
    void keepsAContentOnceHoweverManyRevisionsNameIt() throws Exception {
        append(ONE, jar("a"));
        append(ONE, jar("a"));

        assertThat(contents()).containsExactlyInAnyOrder(hash(ONE), hash("a"));
    }

    @Test
    void usesTheRevisionBeforeATornOneAndNamesThat() throws Exception {
        Revision first = append(ONE);
        append(TWO);
        Path torn = temp.resolve("history/revisions/2.revision");
        byte[] whole = Files.readAllBytes(torn);
        for (int length = 0; length < whole.length; length++) {
            Files.write(torn, Arrays.copyOf(whole, length));

            reopen();

            assertThat(history.newest()).contains(first);
            assertThat(history.damaged()).singleElement().asString().contains("2.revision");
            assertThat(history.last()).isEqualTo(2);
        }
    }

    @Test
    void usesTheRevisionBeforeOneThatWasAlteredAndNamesThat() throws Exception {
        Revision first = append(ONE);
        append(TWO);
        Path altered = temp.resolve("history/revisions/2.revision");
        Files.writeString(altered, Files.readString(altered).replace("\"START\"", "\"ADMIN\""));

        reopen();

        assertThat(history.newest()).contains(first);
        assertThat(history.damaged()).singleElement().asString().contains("2.revision", "SHA-256");
        assertThat(append(ONE).number()).isEqualTo(3);
    }

    @Test
    void takesNoNoticeOfARevisionThatWasNotRenamedYet() throws Exception {
        Revision first = append(ONE);
        append(TWO);
        Path revisions = temp.resolve("history/revisions");
        Path begun = revisions.resolve(".2.revision123.tmp");
        Files.move(revisions.resolve("2.revision"), begun);

        reopen();

        assertThat(history.newest()).contains(first);
        assertThat(history.damaged()).isEmpty();
        assertThat(begun).doesNotExist();
        assertThat(append(TWO).number()).isEqualTo(2);
    }

    @Test
    void namesAJarThatWasCutShort() throws Exception {
        Revision revision = append(ONE, jar("plugin"));
        Files.writeString(temp.resolve("history/contents/" + hash("plugin")), "plug");
        reopen();

        assertThatIOException()
                .isThrownBy(() -> history.jar(revision.plugins().getFirst()))
                .withMessageContainingAll(hash("plugin"), "its SHA-256 is " + hash("plug"));
    }

    @Test
    void namesAConfigurationThatIsGone() throws Exception {
        Revision revision = append(ONE);
        Files.delete(temp.resolve("history/contents/" + hash(ONE)));

        assertThatIOException()
                .isThrownBy(() -> history.document(revision))
                .withMessageContainingAll(hash(ONE), "is missing");
    }

    @Test
    void putsADamagedContentRightWhenItIsKeptAgain() throws Exception {
        append(ONE, jar("plugin"));
        Files.writeString(temp.resolve("history/contents/" + hash("plugin")), "plug");
        reopen();

        Revision again = append(ONE, jar("plugin"));

        assertThat(Files.readString(history.jar(again.plugins().getFirst()))).isEqualTo("plugin");
    }

    @Test
    void letsOneWriteAndOthersRead() throws Exception {
        Revision first = append(ONE);
        try (History other = History.open(temp.resolve("history"))) {
            assertThat(other.newest()).contains(first);
            assertThatIOException()
                    .isThrownBy(() -> other.takeOver(Duration.ofMillis(1)))
                    .withMessageContaining("another gateway writes here");
            assertThatIOException().isThrownBy(() -> append(other, 50, TWO)).withMessageContaining("another process");
        }
    }

    @Test
    void handsWritingOver() throws Exception {
        append(ONE);
        try (History other = History.open(temp.resolve("history"))) {
            Revision late = append(TWO);
            history.handOver();

            other.takeOver(Duration.ofSeconds(10));

            assertThat(other.newest()).contains(late);
            assertThat(append(other, 50, ONE).number()).isEqualTo(3);
            assertThatIOException().isThrownBy(() -> append(TWO)).withMessageContaining("another process");
        }
    }

    @Test
    void leavesNoRevisionWhereItCannotBeWritten() throws Exception {
        append(ONE);
        Files.createDirectories(temp.resolve("history/revisions/2.revision/full"));

        assertThatIOException().isThrownBy(() -> append(TWO));

        assertThat(history.newest().orElseThrow().number()).isEqualTo(1);
    }

    @Test
    void takesAChangeOfFilesBackThatWasCutAtAnyStep() throws Exception {
        Path folder = Files.createDirectories(temp.resolve("folder"));
        Revision revision = append(ONE, jar("new"), jar("same"));
        for (int done = 0; done <= 4; done++) {
            Path config = Files.writeString(folder.resolve("config"), "old config");
            Path replaced = Files.writeString(folder.resolve("replaced.jar"), "old jar");
            Path removed = Files.writeString(folder.resolve("removed.jar"), "removed jar");
            Path added = folder.resolve("added.jar");
            Files.deleteIfExists(added);
            String text = history.keep(ONE.getBytes(StandardCharsets.UTF_8));

            history.swap(List.of(
                            new FileSwap.Wanted(replaced, false, Optional.of(hash("new"))),
                            new FileSwap.Wanted(removed, false, Optional.empty()),
                            new FileSwap.Wanted(added, false, Optional.of(hash("same"))),
                            new FileSwap.Wanted(config, true, Optional.of(text))))
                    .run();
            // As if it had died when so many of them had been changed.
            if (done < 4) {
                Files.writeString(config, "old config");
            }
            if (done < 3) {
                Files.delete(added);
            }
            if (done < 2) {
                Files.writeString(removed, "removed jar");
            }
            if (done < 1) {
                Files.writeString(replaced, "old jar");
            }
            reopen();

            assertThat(config).hasContent("old config");
            assertThat(replaced).hasContent("old jar");
            assertThat(removed).hasContent("removed jar");
            assertThat(added).doesNotExist();
            assertThat(history.newest()).contains(revision);
        }
    }

    @Test
    void leavesAChangeOfFilesWhoseRevisionHasComeToBe() throws Exception {
        Path one = Files.writeString(temp.resolve("one"), "old");
        Path two = Files.writeString(temp.resolve("two"), "old");
        String text = history.keep(ONE.getBytes(StandardCharsets.UTF_8));
        history.swap(List.of(
                        new FileSwap.Wanted(one, true, Optional.of(text)),
                        new FileSwap.Wanted(two, true, Optional.of(text))))
                .run();
        Path journal = temp.resolve("history/journal");
        byte[] begun = Files.readAllBytes(journal);
        append(ONE);
        Files.write(journal, begun); // As if it had died before the journal went.

        reopen();

        assertThat(one).hasContent(ONE);
        assertThat(two).hasContent(ONE);
        assertThat(journal).doesNotExist();
    }

    @Test
    void leavesAFileThatSomebodyElseHasChangedMeanwhile() throws Exception {
        Path one = Files.writeString(temp.resolve("one"), "old");
        Path two = Files.writeString(temp.resolve("two"), "old");
        String text = history.keep(ONE.getBytes(StandardCharsets.UTF_8));
        history.swap(List.of(
                        new FileSwap.Wanted(one, true, Optional.of(text)),
                        new FileSwap.Wanted(two, true, Optional.of(text))))
                .run();
        Files.writeString(two, "edited");

        reopen();

        assertThat(one).hasContent("old");
        assertThat(two).hasContent("edited");
    }

    private void reopen() throws IOException {
        history.close();
        history = writing();
    }

    private History writing() throws IOException {
        History opened = History.open(temp.resolve("history"));
        opened.takeOver(Duration.ofSeconds(1));
        return opened;
    }

    private Revision append(String text, PluginFile... plugins) throws IOException {
        return append(history, 50, text, plugins);
    }

    private Revision append(History to, int retain, String text, PluginFile... plugins) throws IOException {
        String sha256 = to.keep(text.getBytes(StandardCharsets.UTF_8));
        for (PluginFile plugin : plugins) {
            Path jar = Files.writeString(temp.resolve(plugin.file()), plugin.id());
            to.keep(plugin.sha256(), jar);
        }
        return to.append(
                new History.Draft(
                        Instant.EPOCH,
                        Origin.start(""),
                        new ConfigText("/etc/jarway.yaml", DocumentFormat.YAML, sha256),
                        List.of(plugins)),
                retain);
    }

    private static PluginFile jar(String content) {
        return new PluginFile(content + ".jar", content, "1.0.0", hash(content), false);
    }

    private static String hash(String content) {
        return Sha256.of(content.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> contents() throws IOException {
        try (Stream<Path> files = Files.list(temp.resolve("history/contents"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
