package dev.jarway.runtime.config;

import java.util.List;

/**
 * Filters of every request for a host, between those of the gateway and those of the route.
 *
 * @param name a host name, or {@code *.example.com} for any name below; of several that fit, the longest alone is taken
 * @param filters in the order in which they run
 */
public record HostConfig(String name, List<FilterConfig> filters) {}
