package dev.jarway.runtime.routing;

import dev.jarway.runtime.config.MatchConfig;
import dev.jarway.runtime.routing.RouteMatch.MethodNotAllowed;
import dev.jarway.runtime.routing.RouteMatch.NotFound;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which route a request takes. Built once for a snapshot, immutable, shared by all event loops.
 *
 * <p>Of the routes that fit a request, the most specific is taken:
 *
 * <ol>
 *   <li>by host: the name itself, then the longest {@code *.} wildcard, then shorter ones, then routes for any host. Where no
 *       route of a host fits, those of the next are tried;
 *   <li>by path: the path itself; then templates, compared segment by segment from the left, text before {@code {variable}};
 *       then regular expressions, in the document's order; then prefixes, that of most segments first, and of equally long
 *       ones as templates are compared. A route without a path is one for {@code /**};
 *   <li>by the number of other conditions: headers and parameters of the query, and one for a restriction to methods;
 *   <li>by the document's order.
 * </ol>
 *
 * <p>Paths are compared with unreserved characters decoded and the digits of other escapes in upper case (RFC 3986 section
 * 6.2.2); regular expressions are held against a path of that form. Case and a trailing slash matter. A header or parameter
 * of several values fits if one of them does.
 *
 * <p>The cost of a match grows with the length of the request's path, not with the number of routes, with two exceptions:
 * regular expressions that begin with the same text are tried one after the other, and so are routes of the same host and
 * path that differ in regular expressions for headers or parameters only. A regular expression whose evaluation takes too
 * many steps leaves open which route the request takes; it is answered {@link NotFound} then, rather than given to a route
 * of a lower rank, which might guard less.
 */
public final class RouteTable<T> {
    private final HostPatterns<PathIndex<T>> hosts;
    private final boolean restrictsMethods;
    private final boolean asksForHeaders;
    private final NotFound<T> notFound = new NotFound<>();

    private RouteTable(HostPatterns<PathIndex<T>> hosts, boolean restrictsMethods, boolean asksForHeaders) {
        this.hosts = hosts;
        this.restrictsMethods = restrictsMethods;
        this.asksForHeaders = asksForHeaders;
    }

    /** A table of these routes, given in the document's order. */
    public static <T> RouteTable<T> of(List<Entry<T>> entries) {
        var byHost = new HashMap<String, PathIndex.Builder<T>>();
        var restrictsMethods = false;
        var asksForHeaders = false;
        for (int order = 0; order < entries.size(); order++) {
            var entry = entries.get(order);
            var candidate = entry.candidate.at(order);
            for (String host : entry.hosts) {
                byHost.computeIfAbsent(host, name -> new PathIndex.Builder<>()).add(entry.pattern, candidate);
            }
            restrictsMethods |= !candidate.methods().isEmpty();
            asksForHeaders |= !entry.match.headers().isEmpty();
        }
        Map<String, PathIndex<T>> indexes = HashMap.newHashMap(byHost.size());
        byHost.forEach((host, builder) -> indexes.put(host, builder.build()));
        return new RouteTable<>(HostPatterns.of(indexes), restrictsMethods, asksForHeaders);
    }

    /** Whether any route asks for something of a request's header fields. */
    public boolean asksForHeaders() {
        return asksForHeaders;
    }

    /** The route that the request takes, if there is one. */
    public RouteMatch<T> match(RequestTarget request) {
        try {
            var path = PathEscapes.normalize(request.path());
            var candidate = find(request, path, null);
            if (candidate != null) {
                return candidate.found();
            }
            return restrictsMethods ? refuse(request, path) : notFound;
        } catch (UndecidedException e) {
            return notFound;
        }
    }

    /** The methods are gathered in a second search, so that the first needs no memory of what it has passed by. */
    private RouteMatch<T> refuse(RequestTarget request, String path) {
        var allow = new HashSet<String>();
        find(request, path, allow);
        return allow.isEmpty() ? notFound : new MethodNotAllowed<>(allow);
    }

    private @Nullable Candidate<T> find(RequestTarget request, String path, @Nullable Set<String> allow) {
        for (var host = hosts.narrowest(request.host()); host != null; host = host.wider()) {
            var candidate = host.value().find(request, path, allow);
            if (candidate != null) {
                return candidate;
            }
        }
        return null;
    }

    /** One route of a table, or of several: what it takes to find it is worked out once. Immutable. */
    public static final class Entry<T> {
        private final MatchConfig match;
        private final Set<String> hosts;
        private final PathPattern pattern;
        private final Candidate<T> candidate;

        /**
         * A route.
         *
         * @param match which requests it is for
         * @param route what {@link RouteMatch.Found} gives back
         * @throws IllegalArgumentException if the path or a regular expression has not the form it must have
         */
        public Entry(MatchConfig match, T route) {
            this.match = match;
            this.hosts = hosts(match);
            this.pattern = PathPattern.of(match);
            this.candidate = Candidate.of(match, route, pattern);
        }

        private static Set<String> hosts(MatchConfig match) {
            if (match.hosts().isEmpty()) {
                return Set.of(HostPatterns.ANY);
            }
            var hosts = new HashSet<String>();
            match.hosts().forEach(host -> hosts.add(host.toLowerCase(Locale.ROOT)));
            return Set.copyOf(hosts);
        }

        /** Which requests it is for. */
        MatchConfig match() {
            return match;
        }

        /** What {@link RouteMatch.Found} gives back. */
        T route() {
            return candidate.found().route();
        }
    }
}
