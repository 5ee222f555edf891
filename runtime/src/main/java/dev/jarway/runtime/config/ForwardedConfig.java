package dev.jarway.runtime.config;

import dev.jarway.plugin.Default;
import java.util.List;

/**
 * The header fields by which HTTP proxies tell whom they speak for, on a listener.
 *
 * @param trust the proxies in front whose fields are believed: addresses, or networks such as {@code 10.0.0.0/8}
 * @param read which of the fields are believed; the others are dropped, from whomever they come
 * @param write which of them services get
 * @param realIp whether services get {@code X-Real-IP} too
 */
public record ForwardedConfig(
        @Default("[]") List<String> trust,
        @Default("x-forwarded") Read read,
        @Default("x-forwarded") Write write,
        @Default("false") boolean realIp) {
    /** What holds where the configuration says nothing. */
    public static final ForwardedConfig STANDARD =
            new ForwardedConfig(List.of(), Read.X_FORWARDED, Write.X_FORWARDED, false);

    public ForwardedConfig {
        trust = List.copyOf(trust);
    }

    /** The proxies' networks. */
    public List<Network> networks() {
        return trust.stream().map(Network::parse).toList();
    }

    /**
     * The fields that are believed. One family alone: a proxy that writes one lets the other through as clients send it.
     */
    public enum Read {
        /** {@code X-Forwarded-For} and its like. */
        X_FORWARDED,
        /** {@code Forwarded} (RFC 7239). */
        FORWARDED
    }

    /** The fields that services get. */
    public enum Write {
        /** {@code X-Forwarded-For} and its like. */
        X_FORWARDED,
        /** {@code Forwarded} (RFC 7239). */
        FORWARDED,
        /** All of them. */
        BOTH
    }
}
