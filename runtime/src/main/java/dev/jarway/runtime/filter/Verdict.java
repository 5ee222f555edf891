package dev.jarway.runtime.filter;

import dev.jarway.plugin.LocalResponse;
import io.vertx.core.Future;

/** What the filters of one stage have decided about a request. */
public sealed interface Verdict {

    /** It goes on. */
    record Proceed() implements Verdict {
        static final Future<Verdict> NOW = Future.succeededFuture(new Proceed());
    }

    /** It is answered here. */
    record Answer(LocalResponse response) implements Verdict {}

    /** Its route is to be looked for again. */
    record Reroute() implements Verdict {}
}
