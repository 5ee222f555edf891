package dev.jarway.runtime.listener;

import io.netty.handler.codec.http3.Http3;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicSslEngine;
import io.netty.handler.codec.quic.SslSessionTicketKey;
import io.netty.handler.ssl.ClientAuth;
import java.lang.ref.WeakReference;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The TLS of one address over QUIC. There is one context of BoringSSL for what is demanded of clients, which each handshake takes
 * as it begins; names have none of their own, since clients may ask for as many as they like. Safe from any thread.
 */
final class QuicTls {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Supplier<ClientTerms> inForce;
    private final X509ExtendedKeyManager keys;
    private final X509TrustManager trust;
    private volatile @Nullable Made last;

    /** A context, and what it was made for. */
    private record Made(ClientTerms terms, QuicSslContext context) {}

    /**
     * That of these keys, and of those clients.
     *
     * @param keys asked in each handshake, with the name as {@link QuicHandshake} leaves it there
     * @param trust asked in each handshake
     */
    QuicTls(Supplier<ClientTerms> inForce, X509ExtendedKeyManager keys, X509TrustManager trust) {
        this.inForce = inForce;
        this.keys = keys;
        this.trust = trust;
    }

    /** For a connection that begins. */
    QuicSslEngine engine(QuicChannel connection) {
        ClientTerms terms = inForce.get();
        QuicSslContext context = context(terms);
        if (!terms.sessionTickets()) {
            // No ticket outlives the next handshake, which is the first that it could serve for.
            context.sessionContext().setTicketKeys(ticketKey());
        }
        return context.newEngine(connection.alloc());
    }

    private QuicSslContext context(ClientTerms terms) {
        Made made = last;
        if (made == null || !made.terms().equals(terms)) {
            made = replace(terms);
        }
        return made.context();
    }

    private synchronized Made replace(ClientTerms terms) {
        Made made = last;
        if (made == null || !made.terms().equals(terms)) {
            made = new Made(terms, make(terms));
            last = made;
        }
        return made;
    }

    /**
     * BoringSSL tells a name to whoever gives a context for it, and to nobody else: it gets the one that it has. That is not held
     * by what native code holds, and can be collected.
     */
    private QuicSslContext make(ClientTerms terms) {
        AtomicReference<@Nullable WeakReference<QuicSslContext>> itself = new AtomicReference<>();
        QuicSslContext made = QuicSslContextBuilder.forServer(keys, null)
                .trustManager(trust)
                .clientAuth(clientAuth(terms))
                .applicationProtocols(Http3.supportedApplicationProtocols())
                .sni(name -> referred(itself.get()))
                .build();
        itself.set(new WeakReference<>(made));
        return made;
    }

    private static @Nullable QuicSslContext referred(@Nullable WeakReference<QuicSslContext> reference) {
        return reference == null ? null : reference.get();
    }

    private static ClientAuth clientAuth(ClientTerms terms) {
        return switch (terms.auth()) {
            case NONE -> ClientAuth.NONE;
            case OPTIONAL -> ClientAuth.OPTIONAL;
            case REQUIRED -> ClientAuth.REQUIRE;
        };
    }

    private static SslSessionTicketKey ticketKey() {
        return new SslSessionTicketKey(
                random(SslSessionTicketKey.NAME_SIZE),
                random(SslSessionTicketKey.HMAC_KEY_SIZE),
                random(SslSessionTicketKey.AES_KEY_SIZE));
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
