package dev.jarway.runtime.config;

import dev.jarway.plugin.Default;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.time.Duration;

/**
 * How much clients may send on a listener, how long they may take, and how often they may come.
 *
 * @param requestLine bytes of method, target and version together
 * @param headers bytes of all header fields together
 * @param headerCount how many header fields
 * @param body bytes of a request's body, unless a filter sets another limit
 * @param trailers bytes of all trailer fields together
 * @param chunkExtensions bytes of all chunk extensions of a request together
 * @param headersWithin from a request's first byte, or the connection's begin, to the end of its header fields
 * @param bodyIdle without a byte, while a body is waited for
 * @param responseIdle for a client to take the next 16 KiB of an answer that is there
 * @param keepAlive without a byte, between requests
 * @param connections open at a time
 * @param connectionsPerClient open at a time, from one address
 * @param requestsPerConnection after which it is closed; 0 for no limit
 * @param controlFrames of HTTP/2 that carry nothing of a message, on one connection in 10 seconds
 * @param streamResets of HTTP/2, by the client, and as many because of what it sends, on one connection in 30 seconds
 */
public record LimitsConfig(
        @Default("8192") @Min(64) @Max(65_536) int requestLine,
        @Default("16384") @Min(256) @Max(1_048_576) int headers,
        @Default("100") @Min(1) @Max(10_000) int headerCount,
        @Default("10485760") @Min(0) long body,
        @Default("8192") @Min(0) @Max(1_048_576) int trailers,
        @Default("8192") @Min(0) @Max(1_048_576) int chunkExtensions,
        @Default("10s") @Positive Duration headersWithin,
        @Default("30s") @Positive Duration bodyIdle,
        @Default("60s") @Positive Duration responseIdle,
        @Default("60s") @Positive Duration keepAlive,
        @Default("10000") @Min(1) int connections,
        @Default("10000") @Min(1) int connectionsPerClient,
        @Default("0") @Min(0) int requestsPerConnection,
        @Default("1000") @Min(10) int controlFrames,
        @Default("200") @Min(10) int streamResets) {
    /** Those that hold where the configuration names none. */
    public static final LimitsConfig STANDARD = new LimitsConfig(
            8192,
            16_384,
            100,
            10_485_760,
            8192,
            8192,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            10_000,
            10_000,
            0,
            1000,
            200);

    /** The same, with other limits to header fields. */
    public LimitsConfig withHeaders(int bytes, int count) {
        return new LimitsConfig(
                requestLine,
                bytes,
                count,
                body,
                trailers,
                chunkExtensions,
                headersWithin,
                bodyIdle,
                responseIdle,
                keepAlive,
                connections,
                connectionsPerClient,
                requestsPerConnection,
                controlFrames,
                streamResets);
    }

    /** The same, with another limit between requests. */
    public LimitsConfig withKeepAlive(Duration other) {
        return new LimitsConfig(
                requestLine,
                headers,
                headerCount,
                body,
                trailers,
                chunkExtensions,
                headersWithin,
                bodyIdle,
                responseIdle,
                other,
                connections,
                connectionsPerClient,
                requestsPerConnection,
                controlFrames,
                streamResets);
    }
}
