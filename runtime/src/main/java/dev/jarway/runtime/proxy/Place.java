package dev.jarway.runtime.proxy;

import dev.jarway.runtime.balance.Permit;
import dev.jarway.runtime.balance.ServiceUsage;
import dev.jarway.runtime.failure.GatewayFailure;
import dev.jarway.runtime.upstream.Service;
import io.vertx.core.Context;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * A request's place among those that its service lets in: waited for, then held until a try goes by it. Belongs to one event
 * loop.
 */
final class Place {
    private final Service service;
    private final Context here;
    private ServiceUsage.@Nullable Entry entry;
    private Permit held = Permit.FREE;

    Place(Service service, Context here) {
        this.service = service;
        this.here = here;
    }

    /** Asks for it. Complete at once where there is room; fails with a {@link GatewayFailure} if there is none in time. */
    Future<Void> take() {
        if (!service.config().limits().isAny()) {
            return Future.succeededFuture();
        }
        ServiceUsage.Entry asked = service.usage().enter(service.config().limits(), here);
        entry = asked;
        return asked.permit().map(permit -> {
            held = permit;
            return null;
        });
    }

    /** Takes over the permit of a try that is over for this request. */
    void hold(Permit permit) {
        held = permit;
    }

    /** The permit, for a try that gives it back. */
    Permit pass() {
        Permit passed = held;
        held = Permit.FREE;
        return passed;
    }

    /** Gives it back, if no try goes by it. More than once does nothing more. */
    void leave() {
        pass().giveBack();
    }

    /** Does not wait for it, or hold it, any longer. */
    void giveUp(GatewayFailure why) {
        if (entry != null) {
            entry.giveUp(why);
        }
        leave();
    }
}
