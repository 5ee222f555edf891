package dev.jarway.runtime.balance;

/** Where connections to endpoints are kept. */
public interface ConnectionPools {

    /** Closes the connections to an endpoint, each as soon as no request is under way on it. Returns at once. */
    void leave(EndpointAddress address);
}
