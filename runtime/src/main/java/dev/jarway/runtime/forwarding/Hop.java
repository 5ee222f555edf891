package dev.jarway.runtime.forwarding;

import dev.jarway.runtime.exchange.Authority;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What one proxy says of whom it has a request from, and how it was asked there. What cannot be read counts as not said.
 *
 * @param from whom it has it from
 * @param scheme what that one speaks: {@code http} or {@code https}
 * @param host what that one asked for, with its port if it had one
 * @param port the port that that one came to
 */
record Hop(Optional<InetSocketAddress> from, Optional<String> scheme, Optional<String> host, OptionalInt port) {
    /** One that says nothing. */
    static final Hop SILENT = new Hop(Optional.empty(), Optional.empty(), Optional.empty(), OptionalInt.empty());

    /** One that says that, where it says anything. */
    static Hop of(@Nullable String from, @Nullable String scheme, @Nullable String host, @Nullable String port) {
        return new Hop(
                from == null ? Optional.empty() : NodeAddress.parse(from),
                scheme == null ? Optional.empty() : scheme(scheme),
                host == null ? Optional.empty() : host(host),
                port == null ? OptionalInt.empty() : port(port));
    }

    private static Optional<String> scheme(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.equals("http") || lower.equals("https") ? Optional.of(lower) : Optional.empty();
    }

    private static Optional<String> host(String text) {
        try {
            return Optional.of(Authority.parse(text).toString());
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private static OptionalInt port(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int port = digits ? Integer.parseInt(text) : 0;
        return port >= 1 && port <= 65_535 ? OptionalInt.of(port) : OptionalInt.empty();
    }
}
