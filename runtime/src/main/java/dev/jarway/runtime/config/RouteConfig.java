package dev.jarway.runtime.config;

import dev.jarway.plugin.Default;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of which requests. Exactly one of {@code service}, {@code services} and {@code redirect} is given.
 *
 * @param name unique among routes
 * @param match which requests; all of them if not given
 * @param service the name of a service
 * @param services several services, by weight
 * @param sticky by what a caller is known who is to meet the same one of several services each time
 * @param redirect where clients are sent instead
 * @param rewrite how requests change on their way to the service
 * @param mirror where copies of the requests go
 * @param limits how many of them may be under way at one time
 * @param filters filters of the requests that match, in the order in which they run
 */
public record RouteConfig(
        @Pattern(regexp = Names.PATTERN, message = Names.EXPECTED)
        String name,

        @Default("{}") MatchConfig match,

        Optional<@Pattern(regexp = Names.PATTERN, message = Names.EXPECTED) String> service,
        @Default("[]") List<ServiceShareConfig> services,
        Optional<StickyConfig> sticky,
        Optional<RedirectConfig> redirect,
        Optional<RewriteConfig> rewrite,
        Optional<MirrorConfig> mirror,
        @Default("{}") RouteLimitsConfig limits,
        @Default("[]") List<FilterConfig> filters) {

    /** The services that its requests may go to; none if they are redirected. */
    public List<String> serviceNames() {
        return service.map(List::of)
                .orElseGet(() -> services.stream().map(ServiceShareConfig::name).toList());
    }
}
