package dev.jarway.runtime.watch;

import static org.awaitility.Awaitility.await;

import dev.jarway.runtime.files.Sha256;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A listener that keeps what it was told. */
final class ToldContents implements Consumer<FolderContent> {
    private final List<FolderContent> told = new CopyOnWriteArrayList<>();

    @Override
    public void accept(FolderContent content) {
        told.add(content);
    }

    int size() {
        return told.size();
    }

    List<FolderContent> all() {
        return told;
    }

    FolderContent last() {
        return told.getLast();
    }

    /** Each time's hashes by file name. */
    List<Map<String, String>> hashes() {
        return told.stream().map(ToldContents::hashesOf).toList();
    }

    void awaitLast(Map<String, byte[]> files) {
        var expected = new TreeMap<String, String>();
        files.forEach((name, bytes) -> expected.put(name, Sha256.of(bytes)));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !told.isEmpty() && hashesOf(last()).equals(expected));
    }

    static Map<String, String> hashesOf(FolderContent content) {
        var hashes = new TreeMap<String, String>();
        content.files()
                .forEach((name, seen) -> hashes.put(
                        name,
                        switch (seen) {
                            case SeenFile.Hashed hashed -> hashed.sha256();
                            case SeenFile.Unreadable unreadable -> unreadable.reason();
                        }));
        return hashes;
    }
}
