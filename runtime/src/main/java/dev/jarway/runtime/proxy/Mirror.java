package dev.jarway.runtime.proxy;

import dev.jarway.runtime.balance.Attempt;
import dev.jarway.runtime.balance.Permit;
import dev.jarway.runtime.balance.Pick;
import dev.jarway.runtime.config.MirrorConfig;
import dev.jarway.runtime.exchange.MessageBody;
import dev.jarway.runtime.exchange.WholeBody;
import dev.jarway.runtime.upstream.Service;
import dev.jarway.runtime.upstream.UnwantedResponse;
import dev.jarway.runtime.upstream.UpstreamCall;
import dev.jarway.runtime.upstream.UpstreamLimits;
import dev.jarway.runtime.upstream.UpstreamRequest;
import io.vertx.core.http.HttpHeaders;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of a route's requests, sent to another service. Nobody waits for them, and whatever becomes of them concerns nobody.
 * Shared by all event loops.
 */
public final class Mirror {
    private static final Logger log = LoggerFactory.getLogger(Mirror.class);

    /** More are not sent: what is slow to answer them must not pile them up. */
    private static final int MOST_UNDER_WAY = 1000;

    private final String service;
    private final double share;
    private final AtomicInteger underWay = new AtomicInteger();

    private Mirror(String service, double share) {
        this.service = service;
        this.share = share;
    }

    /** As configured. */
    public static Mirror of(MirrorConfig config) {
        return new Mirror(config.service(), config.fraction());
    }

    /** The name of the service. */
    String service() {
        return service;
    }

    /** Whether to take a copy of a request. */
    boolean takesOne() {
        return share >= 1 || ThreadLocalRandom.current().nextDouble() < share;
    }

    /**
     * Sends a copy: at once, or when all of the body has been read. It never throws.
     *
     * @param message what is sent to the service of the route
     * @return the body to be read in place of the message's, which is looked at on the way
     */
    MessageBody copy(UpstreamRequest message, ProxyLoop loop, Service to) {
        UpstreamRequest copy = message.copy(HttpHeaders.headers().setAll(message.fields()));
        if (message.body() instanceof WholeBody whole) {
            if (whole.bytes().length() <= CopiedBody.MOST_BYTES) {
                send(copy, loop, to);
            }
            return whole;
        }
        return new CopiedBody(message.body(), whole -> send(copy.withBody(whole), loop, to));
    }

    private void send(UpstreamRequest copy, ProxyLoop loop, Service to) {
        if (underWay.get() >= MOST_UNDER_WAY) {
            log.debug("Service {}: {} copies are under way, no more are sent", service, MOST_UNDER_WAY);
            return;
        }
        try {
            to.placeAtOnce().ifPresent(permit -> send(copy, loop, to, permit));
        } catch (RuntimeException e) {
            log.debug("Service {}: a copy could not be sent", service, e);
        }
    }

    private void send(UpstreamRequest copy, ProxyLoop loop, Service to, Permit permit) {
        Optional<Attempt> picked;
        try {
            picked = to.endpoints().pick(loop.index(), Pick.any());
        } catch (RuntimeException e) {
            permit.giveBack();
            throw e;
        }
        if (picked.isEmpty()) {
            permit.giveBack();
            return;
        }
        picked.get().begin(permit);
        UpstreamCall call =
                UpstreamCall.start(loop.client(), picked.get(), copy, UpstreamLimits.of(to.timeouts(), null));
        underWay.incrementAndGet();
        call.response()
                .onSuccess(response -> UnwantedResponse.drain(loop.scope().vertx(), call, response))
                .onComplete(done -> underWay.decrementAndGet());
    }
}
