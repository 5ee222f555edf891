package dev.jarway.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A route that guards a parameter of the query, beside one that does not: none but requests without it walk past. */
class QueryMatchTest {
    @TempDir
    static Path directory;

    private static GatewayFixture gateway;

    @BeforeAll
    static void open() throws Exception {
        Path guard = FilterSource.answering("guard", "1.0.0", "guarded").in(directory);
        gateway = GatewayFixture.start(directory.resolve("g"), """
                routes:
                  - { name: guarded, match: { path: "/api/**", query: { admin: "*" } }, service: echo, filters: [{ plugin: guard }] }
                  - { name: plain, match: { path: "/api/**" }, service: echo }
                """, guard);
    }

    @AfterAll
    static void shut() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x=100%", "%zz", "%C3%28", "%", "x=1;admin=1", "x=admin", "", "%61dmi%6=1"})
    void takesTheOtherWayWithoutTheParameter(String query) throws IOException {
        // Its target is no URI for a client of the JDK, nor for the service's server; the answer is all that matters.
        assertThat(get(query)).doesNotContain("guarded", "INTERNAL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin=1", "admin", "x=%&admin=1", "%zz&%61dmin=%", "x;y&admin", "%C3%28=%&admin=%zz"})
    void takesTheGuardedWayWithIt(String query) throws IOException {
        assertThat(get(query)).isEqualTo("guarded");
    }

    @Test
    void isNotWornOutByManyParameters() throws IOException {
        assertThat(get("a&".repeat(1100) + "admin=1")).isEqualTo("guarded");
    }

    private static String get(String query) throws IOException {
        try (RawExchange client = new RawExchange(gateway.port())) {
            client.send("GET /api/x?" + query + " HTTP/1.1\r\nHost: h\r\n\r\n");
            return client.answer(false).body();
        }
    }
}
