package dev.jarway.samples.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.testkit.GatewayExtension;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs on the JAR that the system property {@code plugin.jar} names. */
class RateLimitTest {
    @RegisterExtension
    final GatewayExtension gateway = GatewayExtension.with(Path.of(System.getProperty("plugin.jar")));

    private static final String ONE_A_SECOND = "{ perSecond: 1, burst: 3, key: 'header:x-caller' }";

    @Test
    void refusesWhatIsTooMuchAndSaysWhenToComeAgain() {
        limit(ONE_A_SECOND);
        useUp("alice");

        var response = gateway.get("/", "X-Caller", "alice");

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("retry-after")).hasValue("1");
        assertThat(response.headers().firstValue("ratelimit-policy")).hasValue("\"default\";q=3;w=3");
        assertThat(response.headers().firstValue("ratelimit"))
                .hasValueSatisfying(state -> assertThat(state).startsWith("\"default\";r=0;t="));
    }

    @Test
    void countsEachCallerAlone() {
        limit(ONE_A_SECOND);
        useUp("alice");

        assertThat(gateway.get("/", "X-Caller", "bob").statusCode()).isEqualTo(200);
    }

    @Test
    void tellsWhoIsLetPassWhatIsLeft() {
        limit(ONE_A_SECOND);

        var response = gateway.get("/", "X-Caller", "alice");

        assertThat(response.headers().firstValue("ratelimit"))
                .hasValueSatisfying(state -> assertThat(state).startsWith("\"default\";r=2;"));
    }

    @Test
    void fillsNoBucketWhenItsConfigurationChanges() {
        limit("{ perSecond: 1, burst: 50, key: 'header:x-caller' }");
        useUp("alice");

        limit("{ perSecond: 1, burst: 40, key: 'header:x-caller' }");

        assertThat(passes("alice")).isLessThan(40);
        assertThat(passes("bob")).isGreaterThanOrEqualTo(40);
    }

    @Test
    void goesOnWhenAnotherPartOfTheConfigurationChanges() {
        limit("{ perSecond: 1, burst: 50, key: 'header:x-caller' }");
        useUp("alice");

        gateway.configure("""
                routes:
                  - name: test
                    service: upstream
                    filters:
                      - plugin: rate-limit
                        config: { perSecond: 1, burst: 50, key: 'header:x-caller' }
                  - { name: other, match: { path: /other }, service: upstream }
                """);

        assertThat(passes("alice")).isLessThan(50);
    }

    private void limit(String config) {
        gateway.filters("- plugin: rate-limit\n  config: " + config);
    }

    private void useUp(String caller) {
        assertThat(passes(caller)).isPositive();
    }

    /** How many requests pass until one does not. */
    private int passes(String caller) {
        int passed = 0;
        while (gateway.get("/", "X-Caller", caller).statusCode() == 200) {
            passed++;
        }
        return passed;
    }
}
