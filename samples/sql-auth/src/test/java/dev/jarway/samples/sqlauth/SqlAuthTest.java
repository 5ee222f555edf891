package dev.jarway.samples.sqlauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.testkit.GatewayExtension;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs on the JAR that the system property {@code plugin.jar} names. */
class SqlAuthTest {
    @RegisterExtension
    final GatewayExtension gateway = GatewayExtension.with(Path.of(System.getProperty("plugin.jar")));

    @BeforeEach
    void guard() {
        gateway.filters("""
                - plugin: sql-auth
                  config: { keys: { alice: a-secret, bob: b-secret } }
                  timeout: 10s
                """);
    }

    @Test
    void tellsTheServiceWhoIsCallingAndNotTheKey() {
        var response = gateway.get("/", "X-Api-Key", "b-secret");

        assertThat(response.statusCode()).isEqualTo(200);
        var request = gateway.upstreamRequests().getFirst();
        assertThat(request.header("x-user")).isEqualTo("bob");
        assertThat(request.header("x-api-key")).isEmpty();
    }

    @Test
    void refusesRequestsWithoutAKeyAndWithAWrongOne() {
        var without = gateway.get("/");

        assertThat(without.statusCode()).isEqualTo(401);
        assertThat(without.headers().firstValue("www-authenticate")).hasValue("ApiKey");
        assertThat(gateway.get("/", "X-Api-Key", "c-secret").statusCode()).isEqualTo(401);
        assertThat(gateway.upstreamRequests()).isEmpty();
    }

    @Test
    void asksForManyRequestsAtOnce() throws InterruptedException, ExecutionException {
        Callable<Integer> call = () -> gateway.get("/", "X-Api-Key", "a-secret").statusCode();

        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var status : callers.invokeAll(Collections.nCopies(50, call))) {
                assertThat(status.get()).isEqualTo(200);
            }
        }
        assertThat(gateway.upstreamRequests())
                .extracting(request -> request.header("x-user"))
                .hasSize(50)
                .containsOnly("alice");
    }

    @Test
    void opensAnotherTableForAnotherConfiguration() {
        gateway.filters("""
                - plugin: sql-auth
                  config: { keys: { carol: c-secret } }
                  timeout: 10s
                """);

        assertThat(gateway.get("/", "X-Api-Key", "a-secret").statusCode()).isEqualTo(401);
        assertThat(gateway.get("/", "X-Api-Key", "c-secret").statusCode()).isEqualTo(200);
    }
}
