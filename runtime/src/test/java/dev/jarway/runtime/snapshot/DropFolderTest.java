package dev.jarway.runtime.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.runtime.snapshot.Inventory.JarFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DropFolderTest {
    private static final String ONE = "1".repeat(64);
    private static final String TWO = "2".repeat(64);

    @Test
    void isFinishedWhenEveryFileIsKnownAsItWasSeen() {
        assertThat(isUnfinished(ONE, Inventory.empty().with("x.jar", unfit(ONE))))
                .isFalse();
    }

    @Test
    void isUnfinishedAsLongAsAFileIsNotKnown() {
        assertThat(isUnfinished(ONE, Inventory.empty())).isTrue();
    }

    @Test
    void isUnfinishedAsLongAsAFileIsKnownAsSomethingElse() {
        assertThat(isUnfinished(ONE, Inventory.empty().with("x.jar", unfit(TWO))))
                .isTrue();
        assertThat(isUnfinished(ONE, Inventory.empty().with("x.jar", unfit(""))))
                .isTrue();
    }

    @Test
    void waitsForTheWatchWhenAFileCannotBeRead() {
        assertThat(isUnfinished("", Inventory.empty())).isFalse();
    }

    private static boolean isUnfinished(String sha256, Inventory inventory) {
        return DropFolder.isUnfinished(Map.of("x.jar", new JarSeen(Path.of("x.jar"), sha256)), inventory);
    }

    private static JarFile unfit(String sha256) {
        return new JarFile.Unfit(sha256, "no JAR", false, Optional.empty());
    }
}
