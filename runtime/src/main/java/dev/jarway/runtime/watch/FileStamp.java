package dev.jarway.runtime.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * How a file looks from outside. As long as two stamps are equal, the file was the same in between, but for one thing: file
 * systems count time in steps, so a change within the step of the one before may leave no mark.
 */
sealed interface FileStamp {
    /**
     * Who writes a file can set its size and modification time to what they were. The time of the last status change and
     * the inode cannot be set, where there are such things.
     */
    String UNIX = "unix:isRegularFile,size,lastModifiedTime,dev,ino,ctime";

    String OTHER = "isRegularFile,size,lastModifiedTime,creationTime,fileKey";

    /** The stamp of the file that the path leads to in the end. */
    static FileStamp of(Path path) {
        boolean unix = path.getFileSystem().supportedFileAttributeViews().contains("unix");
        try {
            return new Present(Files.readAttributes(path, unix ? UNIX : OTHER));
        } catch (NoSuchFileException e) {
            return Files.isSymbolicLink(path) ? new Failed("a symbolic link that leads nowhere") : new Absent();
        } catch (IOException e) {
            return new Failed(e.toString());
        }
    }

    /** There is something. */
    record Present(Map<String, Object> attributes) implements FileStamp {

        boolean isRegularFile() {
            return Boolean.TRUE.equals(attributes.get("isRegularFile"));
        }

        /**
         * Whether nothing has happened to the file since something was written into it. A renaming, a change of rights or
         * times changes the status alone. True where that cannot be told.
         */
        boolean isFreshlyWritten() {
            var status = attributes.get("ctime");
            return status == null || status.equals(attributes.get("lastModifiedTime"));
        }

        /** Whether another file stands here than did before, not the same one with other content. */
        boolean isOtherThan(FileStamp before) {
            return before instanceof Present present
                    && Stream.of("dev", "ino", "fileKey")
                            .anyMatch(key -> !Objects.equals(attributes.get(key), present.attributes.get(key)));
        }
    }

    /** There is nothing. */
    record Absent() implements FileStamp {}

    /** Nobody can say. */
    record Failed(String reason) implements FileStamp {}
}
