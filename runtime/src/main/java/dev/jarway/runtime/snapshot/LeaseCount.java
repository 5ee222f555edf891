package dev.jarway.runtime.snapshot;

import dev.jarway.runtime.proxy.PlanLease;
import dev.jarway.runtime.proxy.TrafficPlan;

/**
 * How many requests of one event loop hold one snapshot. A plain counter, since that event loop alone counts; it is also the
 * lease itself, so taking one makes nothing.
 */
final class LeaseCount implements PlanLease {
    private final TrafficPlan plan;
    private final Runnable drained;
    private int held;
    private boolean retired;

    LeaseCount(TrafficPlan plan, Runnable drained) {
        this.plan = plan;
        this.drained = drained;
    }

    /** A request begins. */
    PlanLease acquire() {
        held++;
        return this;
    }

    @Override
    public TrafficPlan plan() {
        return plan;
    }

    @Override
    public void release() {
        held--;
        if (retired && held == 0) {
            drained.run();
        }
    }

    /** No request will begin any more. */
    void retire() {
        retired = true;
        if (held == 0) {
            drained.run();
        }
    }

    /** How many requests hold it. Another thread that asks gets a figure from a moment ago. */
    int held() {
        return held;
    }
}
