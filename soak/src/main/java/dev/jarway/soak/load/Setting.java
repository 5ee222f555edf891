package dev.jarway.soak.load;

import dev.jarway.soak.measure.Ledger;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

/**
 * Where traffic goes, and what it is noted in.
 *
 * @param port of the gateway, on loopback
 */
record Setting(Vertx vertx, int port, Ledger ledger) {
    private static final String HOST = "127.0.0.1";
    private static final long NO_ANSWER_MILLIS = 20_000;

    /** A request that fails if nothing moves for 20 seconds. */
    RequestOptions request(HttpMethod method, String path) {
        return new RequestOptions()
                .setMethod(method)
                .setHost(HOST)
                .setPort(port)
                .setURI(path)
                .setTimeout(NO_ANSWER_MILLIS);
    }

    /** A connection of its own. */
    HttpConnectOptions connection() {
        return new HttpConnectOptions().setHost(HOST).setPort(port);
    }

    String host() {
        return HOST;
    }
}
