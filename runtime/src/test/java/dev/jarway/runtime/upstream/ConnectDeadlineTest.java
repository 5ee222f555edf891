package dev.jarway.runtime.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslHandler;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;

/** By when a connection to an endpoint has to be open. */
class ConnectDeadlineTest {
    private static final int CONNECT_MILLIS = 1000;

    @Test
    void endsAHandshakeThatIsNotOverInTheTimeForTheWholeConnection() throws Exception {
        EmbeddedChannel channel = connect(handshake());

        pass(channel, CONNECT_MILLIS / 2);
        assertThat(channel.isOpen()).isTrue();

        pass(channel, CONNECT_MILLIS / 2);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void leavesWhatIsOpenInTimeAlone() {
        EmbeddedChannel channel = connect();

        pass(channel, CONNECT_MILLIS);
        pass(channel, 60_000);

        assertThat(channel.isOpen()).isTrue();
        assertThat(channel.pipeline().get(ConnectDeadline.class)).isNull();
    }

    /** A channel that has been told to connect, and has, as far as TCP is concerned. */
    private static EmbeddedChannel connect(ChannelHandler... handlers) {
        Channel made = ConnectDeadline.on(() -> {
                    EmbeddedChannel fresh = new EmbeddedChannel(false, false);
                    fresh.config().setConnectTimeoutMillis(CONNECT_MILLIS);
                    return fresh;
                })
                .newChannel();
        made.pipeline().addLast(handlers);
        EmbeddedChannel channel = (EmbeddedChannel) made;
        try {
            channel.register();
            channel.freezeTime();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return channel;
    }

    private static SslHandler handshake() throws NoSuchAlgorithmException {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine();
        engine.setUseClientMode(true);
        SslHandler tls = new SslHandler(engine);
        tls.setHandshakeTimeoutMillis(CONNECT_MILLIS * 10);
        return tls;
    }

    private static void pass(EmbeddedChannel channel, long millis) {
        channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }
}
