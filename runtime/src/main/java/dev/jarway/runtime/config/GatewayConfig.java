package dev.jarway.runtime.config;

import dev.jarway.plugin.Default;
import jakarta.validation.constraints.NotEmpty;
import java.util.List;

/**
 * The whole configuration document.
 *
 * @param listeners where clients connect
 * @param plugins where plugin JARs come from, and how long they may take
 * @param filters filters of every request, run before routing
 * @param hosts filters of every request for a host
 * @param services what requests are forwarded to
 * @param routes which requests go to which service; the most specific match wins
 * @param consumers who may be calling
 * @param admin the admin endpoint
 * @param drain how a stopping gateway lets go of its requests
 * @param overload when no further requests are taken
 * @param accessLog the log of requests
 * @param history what the gateway remembers of itself
 */
public record GatewayConfig(
        @NotEmpty List<ListenerConfig> listeners,
        @Default("{}") PluginsConfig plugins,
        @Default("[]") List<FilterConfig> filters,
        @Default("[]") List<HostConfig> hosts,
        @Default("[]") List<ServiceConfig> services,
        @Default("[]") List<RouteConfig> routes,
        @Default("[]") List<ConsumerConfig> consumers,
        @Default("{}") AdminConfig admin,
        @Default("{}") DrainConfig drain,
        @Default("{}") OverloadConfig overload,
        @Default("{}") AccessLogConfig accessLog,
        @Default("{}") HistoryConfig history) {}
