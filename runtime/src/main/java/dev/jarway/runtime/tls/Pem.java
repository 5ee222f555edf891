package dev.jarway.runtime.tls;

import dev.jarway.runtime.tls.PemException.Part;
import java.io.ByteArrayInputStream;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text in PEM (RFC 7468), with certificates or a private key in it. */
record Pem(String text) {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*+)-----END \\1-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");
    private static final String ONE_KEY = "a private key in PEM, without a passphrase";

    private static final byte[] ZERO = Der.element(Der.INTEGER, new byte[] {0});
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    private static final byte[] ELLIPTIC = HexFormat.of().parseHex("06072a8648ce3d0201");
    private static final int CURVE = 0xa0;

    /** The certificates, in order; at least one. */
    List<X509Certificate> certificates() throws PemException {
        List<X509Certificate> certificates = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(text);
        while (blocks.find()) {
            if (blocks.group(1).equals("CERTIFICATE")) {
                certificates.add(certificate(blocks.group(2)));
            }
        }
        if (certificates.isEmpty()) {
            throw new PemException(Part.CERT, "no certificate in it", "certificates in PEM");
        }
        return certificates;
    }

    private static X509Certificate certificate(String base64) throws PemException {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(Base64.getMimeDecoder().decode(base64)));
        } catch (CertificateException | IllegalArgumentException e) {
            throw new PemException(Part.CERT, "a certificate that cannot be read", "certificates in PEM");
        }
    }

    /** The private key: in PKCS #8, or in the older forms for RSA (PKCS #1) and elliptic curves (SEC 1). */
    PrivateKey key() throws PemException {
        Matcher blocks = BLOCK.matcher(text);
        while (blocks.find()) {
            String kind = blocks.group(1);
            if (kind.equals("ENCRYPTED PRIVATE KEY")) {
                throw new PemException(Part.KEY, "a key with a passphrase", ONE_KEY);
            }
            if (kind.endsWith("PRIVATE KEY")) {
                return key(kind, blocks.group(2));
            }
        }
        String found = text.contains("ENCRYPTED") ? "a key with a passphrase" : "no private key in it";
        throw new PemException(Part.KEY, found, ONE_KEY);
    }

    private static PrivateKey key(String kind, String base64) throws PemException {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(base64);
            byte[] envelope = switch (kind) {
                case "RSA PRIVATE KEY" -> envelope(RSA, bytes);
                case "EC PRIVATE KEY" -> envelope(Der.element(Der.SEQUENCE, ELLIPTIC, curve(bytes)), bytes);
                default -> bytes;
            };
            return pkcs8(envelope);
        } catch (IllegalArgumentException e) {
            throw new PemException(Part.KEY, "a key that cannot be read", ONE_KEY);
        }
    }

    private static byte[] envelope(byte[] algorithm, byte[] key) {
        return Der.element(Der.SEQUENCE, ZERO, algorithm, Der.element(Der.OCTET_STRING, key));
    }

    /** Where the key itself says which curve it is on. */
    private static byte[] curve(byte[] key) {
        Der parts = new Der(new Der(key).next(Der.SEQUENCE));
        parts.next(Der.INTEGER);
        parts.next(Der.OCTET_STRING);
        return parts.next(CURVE);
    }

    private static PrivateKey pkcs8(byte[] bytes) throws PemException {
        return ALGORITHMS.stream()
                .flatMap(algorithm -> pkcs8(algorithm, bytes).stream())
                .findFirst()
                .orElseThrow(() -> new PemException(
                        Part.KEY, "a key of an unknown kind", "one of " + String.join(", ", ALGORITHMS)));
    }

    /** Empty if it is of another algorithm. */
    private static Optional<PrivateKey> pkcs8(String algorithm, byte[] bytes) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes)));
        } catch (InvalidKeySpecException | NoSuchAlgorithmException e) {
            return Optional.empty();
        }
    }

    /** What is in it may be a secret. */
    @Override
    public String toString() {
        return "Pem";
    }
}
