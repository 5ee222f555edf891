package dev.jarway.runtime.balance;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** A way to find out which addresses a host's name stands for. */
public interface Names {

    /**
     * Looks a name up, without blocking.
     *
     * @return its addresses, at least one; completes on any thread, and fails if there is no answer or an empty one
     */
    CompletionStage<List<String>> addresses(String host);
}
