package dev.jarway.runtime.listener;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.netty.handler.ssl.SslContext;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSessionContext;

/**
 * TLS whose sessions cannot be taken up again: each connection has a context to itself, which nobody else's tickets and session ids
 * mean anything to. The JDK has no other way to switch them off for one listener.
 */
final class UnrepeatedTls extends SslContext {
    private final SslContext first;
    private final Making making;

    /** Makes another context. */
    interface Making {
        SslContext make() throws SSLException;
    }

    UnrepeatedTls(Making making) throws SSLException {
        this.first = making.make();
        this.making = making;
    }

    private SslContext fresh() {
        try {
            return making.make();
        } catch (SSLException e) {
            throw new IllegalStateException("TLS that could be made once cannot be made again", e);
        }
    }

    @Override
    public SSLEngine newEngine(ByteBufAllocator allocator) {
        return fresh().newEngine(allocator);
    }

    @Override
    public SSLEngine newEngine(ByteBufAllocator allocator, String peerHost, int peerPort) {
        return fresh().newEngine(allocator, peerHost, peerPort);
    }

    @Override
    public boolean isClient() {
        return first.isClient();
    }

    @Override
    public List<String> cipherSuites() {
        return first.cipherSuites();
    }

    @Override
    @SuppressWarnings("deprecation") // Netty's own class asks for it.
    public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
        return first.applicationProtocolNegotiator();
    }

    @Override
    public SSLSessionContext sessionContext() {
        return first.sessionContext();
    }
}
