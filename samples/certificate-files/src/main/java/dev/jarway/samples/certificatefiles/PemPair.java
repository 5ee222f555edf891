package dev.jarway.samples.certificatefiles;

import dev.jarway.plugin.CertificatePlugin.Certificate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A certificate in PEM and its key in PKCS #8, as two files held them.
 *
 * @param text what stood in the two files, to tell whether it still does
 * @param certificate what was made of it
 * @param names the hosts that it stands for
 */
record PemPair(String text, Certificate certificate, List<String> names) {
    private static final int DNS_NAME = 2;

    /** Reads the files. If they say what they said before, the pair is the one before. */
    static PemPair read(Path cert, Path key, Optional<PemPair> before) throws IOException {
        var certificates = Files.readAllBytes(cert);
        var privateKey = Files.readString(key);
        var text = new String(certificates, StandardCharsets.ISO_8859_1) + privateKey;
        if (before.isPresent() && before.get().text().equals(text)) {
            return before.get();
        }
        try {
            var chain =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(certificates))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (chain.isEmpty()) {
                throw new IOException("no certificate in it (expected: certificates in PEM)");
            }
            var made = key(privateKey, chain.get(0));
            return new PemPair(text, new Certificate(chain, made), names(chain.get(0)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("not a certificate and its key in PEM: " + e.getMessage(), e);
        }
    }

    private static PrivateKey key(String pem, X509Certificate leaf) throws GeneralSecurityException {
        var base64 = pem.replaceAll("-----[A-Z ]+-----", "");
        var algorithm = leaf.getPublicKey().getAlgorithm();
        var key = KeyFactory.getInstance(algorithm)
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
        var signature = Signature.getInstance(
                switch (algorithm) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> algorithm;
                });
        signature.initSign(key);
        var signed = signature.sign();
        signature.initVerify(leaf.getPublicKey());
        if (!signature.verify(signed)) {
            throw new GeneralSecurityException("the key is not that of the certificate");
        }
        return key;
    }

    private static List<String> names(X509Certificate leaf) throws GeneralSecurityException {
        var alternatives = leaf.getSubjectAlternativeNames();
        return alternatives == null
                ? List.of()
                : alternatives.stream()
                        .filter(name -> Objects.equals(name.get(0), DNS_NAME))
                        .map(name -> String.valueOf(name.get(1)).toLowerCase(Locale.ROOT))
                        .toList();
    }

    /** The key is nobody's business. */
    @Override
    public String toString() {
        return "PemPair" + names;
    }
}
