package dev.jarway.runtime.host;

import io.micrometer.core.instrument.MeterRegistry;

/**
 * What all plugins of a gateway share: the meters, the values, the timer, the client of their call-outs. One for each
 * gateway, made before the first {@link HostContext} and closed after the last.
 */
public final class HostServices implements AutoCloseable {

    /** Starts the services. The registry and the store are the caller's and stay open. */
    public HostServices(MeterRegistry meters, ValueStore store) {}

    /** Ends the timer and the client. */
    @Override
    public void close() {}
}
