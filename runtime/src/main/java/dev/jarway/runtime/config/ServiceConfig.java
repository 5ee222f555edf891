package dev.jarway.runtime.config;

import dev.jarway.plugin.Default;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What requests are forwarded to.
 *
 * @param name unique among services
 * @param endpoints its addresses, as far as they are known beforehand
 * @param discovery what finds the others
 * @param protocol what is spoken to them
 * @param tls how it is spoken to those that are {@code https://}
 * @param dns how names become addresses
 * @param loadBalancer how requests are shared out among them
 * @param hash by what a caller is known whose requests go to one endpoint
 * @param health how it is found out whether an endpoint can be used
 * @param slowStart how long an endpoint that is new, or well again, takes to get its whole share
 * @param timeouts how long to wait for it
 * @param retries when a request is tried again
 * @param hedge when another endpoint is asked the same
 * @param limits how much it is asked for at one time
 * @param filters filters of every request that goes to it, after those of the route
 */
public record ServiceConfig(
        @Pattern(regexp = Names.PATTERN, message = Names.EXPECTED)
        String name,

        @Default("[]") List<EndpointConfig> endpoints,
        Optional<DiscoveryConfig> discovery,
        @Default("h1") ServiceProtocol protocol,
        @Default("{}") UpstreamTlsConfig tls,
        @Default("{}") DnsConfig dns,
        @Default("round-robin") LoadBalancer loadBalancer,
        Optional<StickyConfig> hash,
        @Default("{}") HealthConfig health,
        Optional<@Positive Duration> slowStart,
        @Default("{}") TimeoutsConfig timeouts,
        @Default("{}") RetriesConfig retries,
        Optional<HedgeConfig> hedge,
        @Default("{}") ServiceLimitsConfig limits,
        @Default("[]") List<FilterConfig> filters) {}
