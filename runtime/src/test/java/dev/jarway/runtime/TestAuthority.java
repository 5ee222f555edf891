package dev.jarway.runtime;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.UnaryOperator;

/** A certificate authority of one test, and what it vouches for. Its keys are made anew each time. */
public final class TestAuthority {
    private static final String ALTERNATIVE_NAMES = "2.5.29.17";

    private final X509Bundle root;

    private TestAuthority(X509Bundle root) {
        this.root = root;
    }

    /** One that nobody has trusted before. */
    public static TestAuthority create() {
        return named("An authority of tests");
    }

    /** Likewise, for programs that tell authorities apart by their names. */
    public static TestAuthority named(String name) {
        try {
            return new TestAuthority(new CertificateBuilder()
                    .subject("CN=" + name)
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A certificate for these hosts, and for 127.0.0.1; the first is its common name. */
    public X509Bundle issue(String... names) {
        return issue(same -> same, names);
    }

    /** A certificate that is special in some way. */
    public X509Bundle issue(UnaryOperator<CertificateBuilder> special, String... names) {
        CertificateBuilder builder = new CertificateBuilder()
                .subject("CN=" + names[0])
                .addExtensionOctetString(ALTERNATIVE_NAMES, false, alternatives(names));
        try {
            return special.apply(builder).buildIssuedBy(root);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** By hand, since the builder takes no wildcards: a sequence of names (tag 0x82) and the address (tag 0x87). */
    private static byte[] alternatives(String... names) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String name : names) {
            all.write(0x82);
            all.write(name.length());
            all.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        }
        all.writeBytes(new byte[] {(byte) 0x87, 4, 127, 0, 0, 1});
        ByteArrayOutputStream sequence = new ByteArrayOutputStream();
        sequence.write(0x30);
        sequence.write(all.size());
        sequence.writeBytes(all.toByteArray());
        return sequence.toByteArray();
    }

    /** Its own certificate, for those who are to trust it. */
    public X509Bundle root() {
        return root;
    }

    /** Puts a certificate into {@code name.crt} and {@code name.key}, in place of what is there. */
    public static void write(Path directory, String name, X509Bundle bundle) {
        replace(directory.resolve(name + ".crt"), bundle.getCertificatePathPEM());
        replace(directory.resolve(name + ".key"), bundle.getPrivateKeyPEM());
    }

    /** Puts that text in place of what is there, whole at once. */
    public static void replace(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Path beside = file.resolveSibling("." + file.getFileName());
            Files.writeString(beside, text);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
