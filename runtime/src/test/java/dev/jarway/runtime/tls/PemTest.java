package dev.jarway.runtime.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PemTest {
    private static final byte[] P_256 = HexFormat.of().parseHex("06082a8648ce3d030107");

    private static String pem(String kind, byte[] bytes) {
        return "a note in front\n-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + kind + "-----\n";
    }

    private static PrivateKey rsa() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair().getPrivate();
    }

    private static PrivateKey elliptic() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        return pair.getPrivate();
    }

    /** What the envelope of PKCS #8 holds. */
    private static byte[] inner(PrivateKey key) {
        Der parts = new Der(new Der(key.getEncoded()).next(Der.SEQUENCE));
        parts.next(Der.INTEGER);
        parts.next(Der.SEQUENCE);
        return parts.next(Der.OCTET_STRING);
    }

    @Test
    void readsKeysInPkcs8() throws Exception {
        PrivateKey key = elliptic();

        assertThat(new Pem(pem("PRIVATE KEY", key.getEncoded())).key()).isEqualTo(key);
    }

    @Test
    void readsKeysForRsaInPkcs1() throws Exception {
        PrivateKey key = rsa();

        assertThat(new Pem(pem("RSA PRIVATE KEY", inner(key))).key()).isEqualTo(key);
    }

    @Test
    void readsKeysForEllipticCurvesInSec1() throws Exception {
        PrivateKey key = elliptic();
        Der parts = new Der(new Der(inner(key)).next(Der.SEQUENCE));
        byte[] version = Der.element(Der.INTEGER, parts.next(Der.INTEGER));
        byte[] secret = Der.element(Der.OCTET_STRING, parts.next(Der.OCTET_STRING));
        byte[] sec1 = Der.element(Der.SEQUENCE, version, secret, Der.element(0xa0, P_256));
        String text = pem("EC PARAMETERS", P_256) + pem("EC PRIVATE KEY", sec1);

        assertThat(new Pem(text).key())
                .isInstanceOfSatisfying(
                        ECPrivateKey.class, read -> assertThat(read.getS()).isEqualTo(((ECPrivateKey) key).getS()));
    }

    @Test
    void saysWhatIsWrongWithAKey() throws Exception {
        assertThatThrownBy(() -> new Pem("nothing").key()).hasMessage("no private key in it");
        assertThatThrownBy(() -> new Pem(pem("ENCRYPTED PRIVATE KEY", new byte[9])).key())
                .hasMessage("a key with a passphrase");
        assertThatThrownBy(() -> new Pem("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n").key())
                .hasMessage("a key with a passphrase");
        assertThatThrownBy(() -> new Pem(pem("EC PRIVATE KEY", new byte[] {0x30, 1, 2})).key())
                .hasMessage("a key that cannot be read");
        assertThatThrownBy(() -> new Pem(pem("PRIVATE KEY", new byte[] {0x30, 0})).key())
                .hasMessage("a key of an unknown kind");
    }

    @Test
    void saysWhatIsWrongWithCertificates() {
        assertThatThrownBy(() -> new Pem("nothing").certificates()).hasMessage("no certificate in it");
        assertThatThrownBy(() -> new Pem(pem("CERTIFICATE", new byte[] {1, 2})).certificates())
                .hasMessage("a certificate that cannot be read");
    }

    @Test
    void tellsNobodyWhatItHolds() throws Exception {
        String text = pem("PRIVATE KEY", elliptic().getEncoded());

        assertThat(new Pem(text).toString()).doesNotContain("BEGIN");
    }
}
