package dev.jarway.runtime.balance;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509KeyManager;

/**
 * What the gateway shows of itself to a service.
 *
 * @param factory gives it to handshakes
 * @param key the private key
 * @param certified the public key in the certificate
 */
record ClientIdentity(KeyManagerFactory factory, PrivateKey key, PublicKey certified) {
    private static final List<String> KEY_TYPES = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");
    private static final byte[] SAMPLE = {1, 2, 3, 5, 8, 13};

    /** The only one that a factory has. */
    static ClientIdentity of(KeyManagerFactory factory) {
        X509KeyManager manager = (X509KeyManager) factory.getKeyManagers()[0];
        String alias = KEY_TYPES.stream()
                .flatMap(type -> Stream.ofNullable(manager.getClientAliases(type, null)))
                .flatMap(Arrays::stream)
                .findFirst()
                .orElseThrow();
        return new ClientIdentity(
                factory,
                Objects.requireNonNull(manager.getPrivateKey(alias)),
                Objects.requireNonNull(manager.getCertificateChain(alias))[0].getPublicKey());
    }

    /** Whether the certificate is about that key. */
    boolean belongsTogether() {
        try {
            Signature signature = Signature.getInstance(
                    switch (key.getAlgorithm()) {
                        case "RSA" -> "SHA256withRSA";
                        case "EC" -> "SHA256withECDSA";
                        default -> key.getAlgorithm();
                    });
            signature.initSign(key);
            signature.update(SAMPLE);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(SAMPLE);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false; // Keys of two kinds, or of two curves.
        }
    }
}
