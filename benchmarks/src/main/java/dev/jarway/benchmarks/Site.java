package dev.jarway.benchmarks;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a proxy is set up.
 *
 * @param directory for all of its files
 * @param plain its port without TLS
 * @param secure its port with TLS, for HTTP/1.1 and HTTP/2
 * @param upstream port of the service
 * @param certificate and its key, as PEM
 */
record Site(Path directory, int plain, int secure, int upstream, Path certificate, Path key) {

    /** One with ports of its own. */
    static Site in(Path directory, int upstream) throws Exception {
        Files.createDirectories(directory);
        X509Bundle bundle = new CertificateBuilder()
                .subject("CN=localhost")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        return new Site(
                directory,
                Server.freePort(),
                Server.freePort(),
                upstream,
                Files.writeString(directory.resolve("site.crt"), bundle.getCertificatePathPEM()),
                Files.writeString(directory.resolve("site.key"), bundle.getPrivateKeyPEM()));
    }

    /** Both in one file, as HAProxy wants them. */
    Path pem() throws IOException {
        return Files.writeString(directory.resolve("site.pem"), Files.readString(certificate) + Files.readString(key));
    }

    /** Writes a file of its configuration. */
    Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }
}
