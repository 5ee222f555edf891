package dev.jarway.runtime.config;

import dev.jarway.plugin.Default;

/**
 * The log of requests: one line each, written when the request is over.
 *
 * @param enabled whether it is written
 * @param format how a line is written
 */
public record AccessLogConfig(
        @Default("true") boolean enabled, @Default("text") Format format) {

    /** How a line is written. */
    public enum Format {
        /** For people: address, time, request, status, bytes, duration, route. */
        TEXT,
        /** For machines: one JSON object. */
        JSON
    }
}
