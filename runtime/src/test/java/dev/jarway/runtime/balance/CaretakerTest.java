package dev.jarway.runtime.balance;

import static dev.jarway.runtime.balance.ServiceSketch.service;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Which connections are closed when services have other endpoints. */
class CaretakerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Timing timing = new Timing(System::nanoTime, Clock.systemUTC());
    private final BlockingQueue<EndpointAddress> left = new ArrayBlockingQueue<>(10);

    @Test
    void closesConnectionsToAnEndpointThatWasThereForAMomentOnly() throws Exception {
        Caretaker caretaker = Caretaker.start(new Caretaker.Tools(
                timing, (address, dialect, config) -> new CompletableFuture<>(), new FakeNames(), left::add));
        try {
            caretaker.follow(List.of(endpoints("http://10.0.0.1")), List::of);
            caretaker.follow(List.of(endpoints("http://10.0.0.2")), List::of);
            caretaker.follow(List.of(endpoints("http://10.0.0.3")), List::of);

            List<EndpointAddress> gone = List.of(next(), next());

            assertThat(gone).extracting(EndpointAddress::host).containsExactlyInAnyOrder("10.0.0.1", "10.0.0.2");
        } finally {
            caretaker.stop();
        }
    }

    private EndpointAddress next() throws InterruptedException {
        return Optional.ofNullable(left.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .orElseThrow(() -> new AssertionError("no connections are closed"));
    }

    private ServiceEndpoints endpoints(String url) {
        return ServiceEndpoints.of(
                service("endpoints: [{ url: \"" + url + "\" }]"), 1, timing, Optional.empty(), Optional.empty());
    }
}
