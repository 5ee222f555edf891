package dev.jarway.runtime.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.loader.GenerationState;
import dev.jarway.loader.LoadedPlugin;
import dev.jarway.loader.LoaderOptions;
import dev.jarway.loader.PluginLoader;
import dev.jarway.loader.jar.JarLimits;
import dev.jarway.loader.testing.PluginJar;
import dev.jarway.runtime.config.Problem;
import dev.jarway.runtime.files.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarIntakeTest {
    private static final String ANY_HASH = "0".repeat(64);

    @TempDir
    Path directory;

    @Test
    void takesNoOtherFileThanTheOneThatWasSeen() throws Exception {
        Path jar = PluginJar.simple("probe", "1.0.0").in(directory);
        try (PluginLoader loader = loader()) {
            List<Problem> problems = problemsOf(loader, jar);

            assertThat(problems)
                    .extracting(Problem::detail)
                    .containsExactly("probe-1.0.0.jar: has changed while it was being taken");
            assertThat(JarIntake.isPassing(problems)).isTrue();
            assertThat(JarIntake.isCurable(problems)).isFalse();
            assertThat(loader.generations()).noneMatch(generation -> generation.state() == GenerationState.LOADED);
        }
    }

    @Test
    void doesNotSayOfTheFileThatWasSeenWhatIsWrongWithAnother() throws Exception {
        Path jar = Files.writeString(directory.resolve("text.jar"), "text");
        try (PluginLoader loader = loader()) {
            List<Problem> problems = problemsOf(loader, jar);

            assertThat(problems)
                    .extracting(Problem::detail)
                    .containsExactly("text.jar: has changed while it was being taken");
            assertThat(JarIntake.isPassing(problems)).isTrue();
        }
    }

    @Test
    void wouldTryAFileAgainThatIsNotThereAtTheMoment() throws Exception {
        try (PluginLoader loader = loader()) {
            assertThat(JarIntake.isPassing(problemsOf(loader, directory.resolve("gone.jar"))))
                    .isTrue();
        }
    }

    @Test
    void wouldNotTryAFileAgainThatIsNoPlugin() throws Exception {
        Path jar = Files.writeString(directory.resolve("text.jar"), "text");
        try (PluginLoader loader = loader()) {
            List<Problem> problems = problemsOf(loader, new JarSeen(jar, Sha256.of(jar)));

            assertThat(problems).hasSize(1);
            assertThat(JarIntake.isPassing(problems)).isFalse();
        }
    }

    @Test
    void wouldTryAFileAgainWhoseCopyCannotBeOpenedAtTheMoment() throws Exception {
        Path jar = PluginJar.simple("probe", "1.0.0").in(directory);
        try (PluginLoader loader = loader()) {
            LoadedPlugin first = loader.load(jar).get();
            // The same bytes are copied once, so that the second generation finds this in place of them.
            Files.delete(loader.copyOf(first));
            Files.writeString(loader.copyOf(first), "cut");

            List<Problem> problems = problemsOf(loader, jar);

            assertThat(problems).singleElement().asString().contains("UncheckedIOException");
            assertThat(JarIntake.isPassing(problems)).isTrue();
        }
    }

    private PluginLoader loader() {
        return PluginLoader.open(new LoaderOptions(directory.resolve("private"), JarLimits.DEFAULTS));
    }

    private static List<Problem> problemsOf(PluginLoader loader, Path jar) throws InterruptedException {
        return problemsOf(loader, new JarSeen(jar, ANY_HASH));
    }

    private static List<Problem> problemsOf(PluginLoader loader, JarSeen seen) throws InterruptedException {
        return new JarIntake(loader, loader.boundary(), 1)
                .take(seen, 1, List.of())
                .problems();
    }
}
