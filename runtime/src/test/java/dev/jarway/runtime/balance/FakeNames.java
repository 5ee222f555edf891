package dev.jarway.runtime.balance;

import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Names as a test says. */
final class FakeNames implements Names {
    private final Map<String, List<String>> known = new HashMap<>();
    private int asked;

    void say(String host, String... addresses) {
        known.put(host, List.of(addresses));
    }

    void forget(String host) {
        known.remove(host);
    }

    int asked() {
        return asked;
    }

    @Override
    public CompletionStage<List<String>> addresses(String host) {
        asked++;
        List<String> addresses = known.get(host);
        return addresses == null
                ? CompletableFuture.failedFuture(new UnknownHostException(host))
                : CompletableFuture.completedFuture(addresses);
    }
}
