package dev.jarway.runtime.filter;

import dev.jarway.plugin.Consumer;
import dev.jarway.runtime.config.SelectMatch;
import dev.jarway.runtime.config.StickyConfig;
import dev.jarway.runtime.exchange.ExchangeRequest;
import dev.jarway.runtime.exchange.GatewayExchange;
import dev.jarway.runtime.routing.HeaderMatch;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * How the exchanges that reach a plugin are split among versions of it: by what is asked of the request, else by a caller's
 * key, else at random. An exchange asks once. Safe from any thread; only the shares may change, between two exchanges.
 */
public final class VersionSplit {
    private final List<String> versions;
    private final List<Selection> selections;
    private final Optional<StickyKey> sticky;
    private final long[] salts;
    private final Supplier<Shares> shares;

    /**
     * A split.
     *
     * @param versions each as {@code id@version}, in the order of the shares
     * @param shares read once for each exchange
     */
    public VersionSplit(
            List<String> versions, List<Selection> selections, Optional<StickyConfig> sticky, Supplier<Shares> shares) {
        this.versions = List.copyOf(versions);
        this.salts = versions.stream().mapToLong(StableHash::of).toArray();
        this.selections = List.copyOf(selections);
        this.sticky = sticky.map(StickyKey::of);
        this.shares = shares;
    }

    /** A version for some requests, whatever the shares. */
    public static final class Selection {
        private final HeaderMatch headers;
        private final Set<String> consumers;
        private final int version;

        /**
         * A selection.
         *
         * @param version by its index
         */
        public Selection(SelectMatch match, int version) {
            this.headers = HeaderMatch.of(match.headers());
            this.consumers = Set.copyOf(match.consumers());
            this.version = version;
        }

        private boolean fits(GatewayExchange exchange, ExchangeRequest request) {
            return headers.fits(request.fields()::getAll)
                    && (consumers.isEmpty()
                            || exchange.consumer()
                                    .map(Consumer::name)
                                    .filter(consumers::contains)
                                    .isPresent());
        }
    }

    /** A version by its index, as {@code id@version}. */
    String version(int index) {
        return versions.get(index);
    }

    /** Which version an exchange meets, by its index. */
    int choose(GatewayExchange exchange, ExchangeRequest request) {
        Shares now = shares.get();
        if (now.settled()) {
            return now.draw();
        }
        for (Selection selection : selections) {
            if (selection.fits(exchange, request)) {
                return selection.version;
            }
        }
        return sticky.flatMap(key -> key.of(exchange, request))
                .map(key -> now.of(StableHash.of(key), salts))
                .orElseGet(now::draw);
    }
}
