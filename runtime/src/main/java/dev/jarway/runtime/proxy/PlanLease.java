package dev.jarway.runtime.proxy;

/** A request's hold on the plan that it began with: until it is released, nothing that the plan needs goes away. */
public interface PlanLease {

    /** The plan, the same one throughout. */
    TrafficPlan plan();

    /** Lets go. Called exactly once, on the event loop that took the lease. */
    void release();
}
