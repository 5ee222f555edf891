package dev.jarway.runtime;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A file system of a test's own, for what only file systems can do. Where nobody may mount one, the test is skipped. */
final class Mount implements AutoCloseable {
    private static final int PAGE = 4096;

    private final Path at;

    private Mount(Path at) {
        this.at = at;
    }

    /** An empty one in memory, of that size. */
    static Mount small(Path at, int kilobytes) throws IOException {
        Files.createDirectories(at);
        return mount(at, "mount", "-t", "tmpfs", "-o", "size=" + kilobytes + "k", "tmpfs", at.toString());
    }

    /** Another view of a folder, through which nothing can be written. */
    static Mount readOnly(Path folder, Path at) throws IOException {
        Files.createDirectories(at);
        Mount mount = mount(at, "mount", "--bind", folder.toString(), at.toString());
        try {
            run("mount", "-o", "remount,ro,bind", at.toString());
            return mount;
        } catch (IOException e) {
            mount.close();
            throw e;
        }
    }

    /** Fills it until there is room for no more than one page; gives the file that fills it. */
    Path fill() throws IOException {
        Path filler = at.resolve("filler");
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (at.toFile().getUsableSpace() > PAGE) {
                out.write(new byte[PAGE]);
            }
        }
        return filler;
    }

    private static Mount mount(Path at, String... command) {
        try {
            run(command);
            return new Mount(at);
        } catch (IOException e) {
            return abort("needs the right to mount: " + e.getMessage());
        }
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(Arrays.toString(command) + ": " + said.strip());
        }
    }

    @Override
    public void close() throws IOException {
        run("umount", at.toString());
    }
}
