package dev.jarway.runtime.listener;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslProvider;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.spi.tls.DefaultSslContextFactory;
import io.vertx.core.spi.tls.SslContextFactory;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLException;

/** The JDK's TLS. Whether sessions may be taken up again is asked whenever its terms are agreed on anew. */
final class FrontEngine extends SSLEngineOptions {
    private final BooleanSupplier tickets;

    FrontEngine(BooleanSupplier tickets) {
        this.tickets = tickets;
    }

    @Override
    public SSLEngineOptions copy() {
        return this;
    }

    @Override
    public SslContextFactory sslContextFactory() {
        return new DefaultSslContextFactory(SslProvider.JDK, false) {
            @Override
            public SslContext create() throws SSLException {
                return tickets.getAsBoolean() ? super.create() : new UnrepeatedTls(super::create);
            }
        };
    }
}
