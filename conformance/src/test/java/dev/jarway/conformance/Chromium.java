package dev.jarway.conformance;

import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** A Chromium without a window that shows one page. What it says itself stays with the results. */
final class Chromium implements AutoCloseable {
    private final Process process;

    private Chromium(Process process) {
        this.process = process;
    }

    /**
     * Shows a page.
     *
     * @param profile an empty folder for what it keeps
     * @param trusted whose key is trusted though no authority that it knows stands behind it
     */
    static Chromium showing(String page, Path profile, X509Bundle trusted) throws IOException {
        ProcessBuilder builder = Program.of("chromium", "chromium")
                .builder(List.of(
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--no-proxy-server",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--user-data-dir=" + profile,
                        "--ignore-certificate-errors-spki-list=" + fingerprint(trusted),
                        // It ends at once where it has nothing to wait for.
                        "--remote-debugging-port=0",
                        page));
        builder.environment().put("HOME", profile.toString());
        return new Chromium(builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        Suite.results("chromium").resolve("chromium.log").toFile()))
                .start());
    }

    private static String fingerprint(X509Bundle bundle) {
        try {
            byte[] key = bundle.getCertificate().getPublicKey().getEncoded();
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends it, with all processes that it has started. */
    @Override
    public void close() {
        Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList()
                .forEach(ProcessHandle::destroyForcibly);
        process.onExit().join();
    }
}
