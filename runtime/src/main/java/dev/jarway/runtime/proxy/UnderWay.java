package dev.jarway.runtime.proxy;

import io.vertx.core.http.HttpConnection;
import java.util.ArrayList;
import java.util.List;
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

    /**
     * Ends those that hold this lease, each in the way that its protocol has for it. They are over soon after.
     *
     * @return how many had to be ended
     */
    public int cut(PlanLease lease) {
        List<RequestFlow> held =
                flows.stream().filter(flow -> flow.holds(lease)).toList();
        held.forEach(UnderWay::cut);
        return held.size();
    }

    /** Ends all, as {@link #cut(PlanLease)} does: the gateway stops. */
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
