package dev.jarway.runtime.listener;

import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Keys for handshakes that do not tell a key manager which name the client asks for, as those of QUIC: each name has a manager to
 * itself.
 *
 * @param standard for clients that do not say, and for names without keys of their own
 * @param named gives the manager for a name; null if it has none
 */
record NamedKeys(X509KeyManager standard, Function<String, @Nullable X509KeyManager> named) implements KeyCertOptions {

    @Override
    public KeyCertOptions copy() {
        return this;
    }

    @Override
    public KeyManagerFactory getKeyManagerFactory(Vertx vertx) throws Exception {
        return factory(standard, vertx);
    }

    @Override
    @SuppressWarnings("NullAway") // Vert.x takes null for "none", and does not say so in its types.
    public Function<String, KeyManagerFactory> keyManagerFactoryMapper(Vertx vertx) {
        return name -> {
            X509KeyManager manager = named.apply(name);
            return manager == null ? null : factory(manager, vertx);
        };
    }

    private static KeyManagerFactory factory(X509KeyManager manager, Vertx vertx) {
        try {
            return KeyCertOptions.wrap(manager).getKeyManagerFactory(vertx);
        } catch (Exception e) {
            throw new IllegalStateException("a key manager that is there cannot be had", e);
        }
    }
}
