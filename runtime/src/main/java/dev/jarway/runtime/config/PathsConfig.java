package dev.jarway.runtime.config;

import dev.jarway.plugin.Default;

/**
 * What becomes of paths that two servers might read differently. What is not refused is routed in the form in which it is sent.
 *
 * @param encodedSlash {@code %2F} in a path
 * @param encodedBackslash {@code %5C} in a path
 * @param dotSegments {@code .} and {@code ..} as segments, with their dots encoded or not
 * @param emptySegments two slashes in a row
 */
public record PathsConfig(
        @Default("reject") EncodedSlash encodedSlash,
        @Default("reject") EncodedBackslash encodedBackslash,
        @Default("reject") DotSegments dotSegments,
        @Default("reject") EmptySegments emptySegments) {
    /** The strictest there is. */
    public static final PathsConfig STRICT =
            new PathsConfig(EncodedSlash.REJECT, EncodedBackslash.REJECT, DotSegments.REJECT, EmptySegments.REJECT);

    /** What becomes of a slash in percent-encoding. */
    public enum EncodedSlash {
        /** The request is refused. */
        REJECT,
        /** It is a character like any other. */
        KEEP,
        /** It is a slash like any other. */
        DECODE
    }

    /** What becomes of a backslash in percent-encoding. */
    public enum EncodedBackslash {
        /** The request is refused. */
        REJECT,
        /** It is a character like any other. */
        KEEP
    }

    /** What becomes of segments that are one dot or two. */
    public enum DotSegments {
        /** The request is refused. */
        REJECT,
        /** They are resolved (RFC 3986 section 5.2.4); above the root the request is refused. */
        RESOLVE
    }

    /** What becomes of segments without a character. */
    public enum EmptySegments {
        /** The request is refused. */
        REJECT,
        /** Several slashes become one. */
        MERGE,
        /** They stay. */
        KEEP
    }
}
