package dev.jarway.runtime.tls;

import dev.jarway.runtime.config.Problem;
import dev.jarway.runtime.config.TlsConfig;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;

/** The cipher suites that there are. */
final class CipherNames {
    private CipherNames() {}

    /** Notes those that a configuration wants and the JDK does not have. */
    static void check(TlsConfig config, String pointer, List<Problem> problems) {
        Set<String> known = config.ciphers().isEmpty() ? Set.of() : known();
        for (int i = 0; i < config.ciphers().size(); i++) {
            String cipher = config.ciphers().get(i);
            if (!known.contains(cipher)) {
                problems.add(new Problem(
                        pointer + "/ciphers/" + i,
                        "\"" + cipher + "\"",
                        "a cipher suite as the JDK calls it, such as TLS_AES_128_GCM_SHA256"));
            }
        }
    }

    private static Set<String> known() {
        try {
            return Set.of(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("TLS is missing (expected: every JDK has it)", e);
        }
    }
}
