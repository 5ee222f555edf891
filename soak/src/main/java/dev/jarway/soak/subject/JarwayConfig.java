package dev.jarway.soak.subject;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The configuration that Jarway runs with. Its timeouts are long: a machine that is busy is not what is to be found out.
 *
 * @param upstream port of the service
 * @param drainDeadline after which streams on what was replaced are ended
 * @param protocols of the listener, as in the configuration; empty for its default
 */
record JarwayConfig(int upstream, Duration drainDeadline, String protocols) {
    private static final int MANY = 1_000;

    /** With that number: responses tell it, and one route is there for it alone. */
    String numbered(long number) {
        return document(number, "");
    }

    /** The same with 1,000 routes more, of which one is different in each round. */
    String withManyRoutes(long number, int round) {
        String routes = IntStream.range(0, MANY)
                .mapToObj(i -> "  - { name: many-%d, match: { path: /many/%d%s }, service: upstream }%n"
                        .formatted(i, i, i == round ? "/changed" : ""))
                .collect(Collectors.joining());
        return document(number, routes);
    }

    private String document(long number, String moreRoutes) {
        return """
                listeners: [ { name: web, host: 127.0.0.1, port: 0%s } ]
                admin: { port: 0, uploads: true }
                accessLog: { enabled: false }
                drain: { deadline: %dms }
                filters:
                  - { plugin: uploaded, timeout: 10s }
                services:
                  - name: upstream
                    endpoints: [ { url: "http://127.0.0.1:%d" } ]
                    timeouts: { connect: 10s, response: 30s }
                routes:
                  - name: traffic
                    match: { path: "/t/**" }
                    service: upstream
                    filters: [ { plugin: dropped, timeout: 10s, config: { revision: %d } } ]
                  - { name: only-%d, match: { path: /only/%d }, service: upstream }
                """.formatted(
                                protocols.isEmpty() ? "" : ", protocols: " + protocols,
                                drainDeadline.toMillis(),
                                upstream,
                                number,
                                number,
                                number)
                + moreRoutes;
    }
}
