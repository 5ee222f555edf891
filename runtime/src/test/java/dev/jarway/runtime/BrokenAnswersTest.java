package dev.jarway.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.StreamResetException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a connection of HTTP/2 on which many share, when a service breaks its answers off. */
class BrokenAnswersTest {
    /** More than may be reset in 30 seconds because of what a client does. */
    private static final int MANY = 250;

    private static final long INTERNAL_ERROR = 2;

    @TempDir
    Path directory;

    @Test
    void leavesTheOtherStreamsOfTheConnectionAlone() throws Exception {
        Semaphore breaking = new Semaphore(0);
        CountDownLatch ending = new CountDownLatch(1);
        try (RawUpstream upstream = new RawUpstream(talk -> {
                    boolean whole = talk.head().startsWith("get /whole ");
                    talk.send("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhello");
                    if (whole) {
                        ending.await();
                        talk.send("hello");
                    } else {
                        breaking.acquire();
                    }
                });
                GatewayFixture gateway = GatewayFixture.start(
                        directory,
                        "listeners: [{ name: web, host: 127.0.0.1, port: 0, protocols: [h2c] }]\n",
                        upstream.entry());
                Http2Connection client = new Http2Connection(gateway.port())) {
            Future<String> whole = ClientAnswers.body(client.begin("/whole")).map(Buffer::toString);
            for (int i = 0; i < MANY; i++) {
                Future<Buffer> broken = ClientAnswers.body(client.begin("/broken"));
                breaking.release();
                Throwable how = catchThrowable(broken::await);
                assertThat(how)
                        .isInstanceOfSatisfying(
                                StreamResetException.class,
                                reset -> assertThat(reset.getCode()).isEqualTo(INTERNAL_ERROR));
            }
            ending.countDown();

            assertThat(whole.await()).isEqualTo("hellohello");
            assertThat(client.opened()).isEqualTo(1);
        }
    }
}
