package dev.jarway.runtime.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which clients for checks there are. */
class ProbeClientsTest {
    private static final Duration WITHIN = Duration.ofSeconds(1);

    private final Vertx vertx = Vertx.vertx();
    private Duration now = Duration.ZERO;
    private final ProbeClients clients = new ProbeClients(vertx, () -> now.toNanos());

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void hasOneForAllChecksOfTheSameLength() {
        ProbeClients.Caller one = clients.take(WITHIN);
        clients.giveBack(one);

        assertThat(clients.take(WITHIN)).isSameAs(one);
        assertThat(clients.take(WITHIN)).isSameAs(one);
        assertThat(clients.size()).isOne();
    }

    @Test
    void closesThoseThatNoConfigurationAsksForAnyMore() {
        for (int i = 1; i <= 20; i++) {
            clients.giveBack(clients.take(Duration.ofMillis(i)));
        }

        now = Duration.ofHours(1);
        clients.take(WITHIN);

        assertThat(clients.size()).isOne();
    }

    @Test
    void keepsThoseThatAreInUse() {
        ProbeClients.Caller asking = clients.take(Duration.ofMinutes(30));
        clients.giveBack(clients.take(WITHIN));

        now = Duration.ofMinutes(9);
        clients.giveBack(clients.take(WITHIN));
        now = Duration.ofMinutes(15);
        clients.take(Duration.ofSeconds(2));

        assertThat(clients.size()).isEqualTo(3);
        assertThat(clients.take(Duration.ofMinutes(30))).isSameAs(asking);
    }
}
