package dev.jarway.runtime.config;

/** How the requests to a service are shared out among its endpoints. All of them heed weights. */
public enum LoadBalancer {
    /** In turn. */
    ROUND_ROBIN,
    /** At random. */
    RANDOM,
    /** Of two drawn at random, the one with fewer requests under way. */
    LEAST_REQUEST,
    /** Requests of one caller to one endpoint, as long as that can be used. */
    CONSISTENT_HASH,
    /** Of two drawn at random, the one that answers sooner, by its latency of late and by what is under way there. */
    PEAK_EWMA
}
