package dev.jarway.runtime.filter;

import dev.jarway.runtime.exchange.ExchangeRequest;
import dev.jarway.runtime.exchange.GatewayExchange;
import java.util.ArrayList;
import java.util.List;

/** Which version one exchange meets of each split that it has come to: decided at the first meeting, the same ever after. */
final class Decisions {
    private final GatewayExchange exchange;
    private final ExchangeRequest request;
    private final List<Decision> made = new ArrayList<>(2);

    private record Decision(VersionSplit split, int version) {}

    Decisions(GatewayExchange exchange, ExchangeRequest request) {
        this.exchange = exchange;
        this.request = request;
    }

    FilterEntry choose(SplitEntry entry) {
        for (Decision decision : made) {
            if (decision.split() == entry.split()) {
                return entry.versions().get(decision.version());
            }
        }
        Decision decision = new Decision(entry.split(), entry.split().choose(exchange, request));
        made.add(decision);
        exchange.addVersion(entry.split().version(decision.version()));
        return entry.versions().get(decision.version());
    }
}
