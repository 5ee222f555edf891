package dev.jarway.runtime.proxy;

import dev.jarway.runtime.failure.GatewayFailure;
import io.netty.channel.Channel;
import io.vertx.core.http.HttpConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The exchanges of one event loop that are under way. Belongs to that event loop; adding and removing one moves no other but
 * the last.
 */
public final class UnderWay {
    private static final Logger log = LoggerFactory.getLogger(UnderWay.class);

    private final List<RequestFlow> flows = new ArrayList<>();

    void add(RequestFlow flow) {
        flow.place = flows.size();
        flows.add(flow);
    }

    void remove(RequestFlow flow) {
        RequestFlow last = flows.removeLast();
        if (last != flow) {
            flows.set(flow.place, last);
            last.place = flow.place;
        }
    }

    /** How many there are. */
    public int size() {
        return flows.size();
    }

    /**
     * Whether one is under way on that connection that waits for something else than its client. Looks at all of them: only
     * for questions that are asked rarely.
     */
    public boolean isBusy(HttpConnection connection) {
        return flows.stream().anyMatch(flow -> flow.isOn(connection) && !flow.waitsForClient());
    }

    /** Whether one on that connection has asked for more of its request's body. */
    public boolean waitsForBody(Channel connection) {
        return flows.stream().anyMatch(flow -> flow.isOn(connection) && flow.waitsForBody());
    }

    /**
     * Ends the one on that connection for that reason, since what comes there cannot be understood, or does not come. It is
     * answered if it has no answer yet. One before it whose request is complete may not have been sent all of its answer: that goes on.
     *
     * @return whether there was one
     */
    public boolean breakOff(Channel connection, GatewayFailure why) {
        List<RequestFlow> there =
                flows.stream().filter(flow -> flow.isOn(connection)).toList();
        List<RequestFlow> arriving =
                there.stream().filter(RequestFlow::isArriving).toList();
        List<RequestFlow> broken = arriving.isEmpty() ? there : arriving;
        broken.forEach(flow -> flow.breakOff(why));
        return !broken.isEmpty();
    }

    /**
     * Ends those that hold this lease, each in the way that its protocol has for it. They are over soon after.
     *
     * @param count is told how many these are, before any client can see that it was ended
     */
    public void cut(PlanLease lease, IntConsumer count) {
        List<RequestFlow> held =
                flows.stream().filter(flow -> flow.holds(lease)).toList();
        count.accept(held.size());
        held.forEach(UnderWay::cut);
    }

    /** Ends all, as {@link #cut(PlanLease, IntConsumer)} does: the gateway stops. */
    public void cutAll() {
        List.copyOf(flows).forEach(UnderWay::cut);
    }

    /** One that cannot be ended must not keep the others from it. */
    private static void cut(RequestFlow flow) {
        try {
            flow.cut();
        } catch (RuntimeException e) {
            log.error("An exchange could not be ended", e);
        }
    }
}
