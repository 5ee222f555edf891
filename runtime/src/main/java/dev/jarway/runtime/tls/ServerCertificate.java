package dev.jarway.runtime.tls;

import dev.jarway.runtime.tls.PemException.Part;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/**
 * A certificate that a listener can show, and prove to be its own.
 *
 * @param chain the leaf first, then each issuer
 * @param key the private key of the leaf
 * @param names the hosts that it stands for, in lower case; {@code *.example.com} for all right below
 */
public record ServerCertificate(List<X509Certificate> chain, PrivateKey key, List<String> names) {
    private static final int DNS_NAME = 2;
    private static final byte[] SAMPLE = {1, 2, 3, 5, 8, 13};

    public ServerCertificate {
        chain = List.copyOf(chain);
        names = List.copyOf(names);
    }

    /** One of that chain and key, which nobody has to have compared. */
    public static ServerCertificate of(List<X509Certificate> chain, PrivateKey key) {
        return new ServerCertificate(chain, key, names(chain.getFirst()));
    }

    /** One of that chain and key, if these belong together. */
    static ServerCertificate checked(List<X509Certificate> chain, PrivateKey key) throws PemException {
        if (!belongTogether(key, chain.getFirst().getPublicKey())) {
            throw new PemException(Part.KEY, "not the key of the certificate", "the key of the first certificate");
        }
        return of(chain, key);
    }

    private static boolean belongTogether(PrivateKey key, PublicKey publicKey) {
        if (key instanceof RSAKey mine && publicKey instanceof RSAKey theirs) {
            return mine.getModulus().equals(theirs.getModulus());
        }
        try {
            String algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : key.getAlgorithm();
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(SAMPLE);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(SAMPLE);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false; // Keys of two kinds, or of two curves.
        }
    }

    /** Of the alternative names (RFC 6125); where there are none, the common name. */
    private static List<String> names(X509Certificate leaf) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> alternatives = leaf.getSubjectAlternativeNames();
            if (alternatives != null) {
                for (List<?> alternative : alternatives) {
                    if (alternative.getFirst() instanceof Integer kind && kind == DNS_NAME) {
                        names.add(String.valueOf(alternative.getLast()).toLowerCase(Locale.ROOT));
                    }
                }
            }
            if (names.isEmpty()) {
                new LdapName(leaf.getSubjectX500Principal().getName())
                        .getRdns().stream()
                                .filter(part -> part.getType().equalsIgnoreCase("CN"))
                                .forEach(part -> names.add(
                                        String.valueOf(part.getValue()).toLowerCase(Locale.ROOT)));
            }
        } catch (CertificateParsingException | InvalidNameException e) {
            return List.of(); // It can be shown all the same, where no other fits.
        }
        return names;
    }

    /** When it ceases to be valid. */
    public Instant notAfter() {
        return chain.getFirst().getNotAfter().toInstant();
    }

    /** When it begins to be valid. */
    public Instant notBefore() {
        return chain.getFirst().getNotBefore().toInstant();
    }

    /** The kind of its key, as the JDK's handshakes ask for it: {@code RSA}, {@code EC}. */
    public String keyType() {
        return key.getAlgorithm();
    }

    /** The key is nobody's business. */
    @Override
    public String toString() {
        return "ServerCertificate[" + String.join(", ", names) + " until " + notAfter() + "]";
    }
}
