package dev.jarway.runtime.balance;

import dev.jarway.plugin.Endpoint;

/**
 * An endpoint as a service has it.
 *
 * @param live the endpoint and how it is
 * @param endpoint as filters see it: the address that a request goes to, and the weight
 * @param priority the group that it is in; the lowest number is used first
 */
public record Member(LiveEndpoint live, Endpoint endpoint, int priority) {

    /** An endpoint that is known, with the URL and the weight that are written for it. */
    static Member of(LiveEndpoint live, Endpoint written, int priority) {
        Endpoint shown = live.address().ip().isEmpty()
                ? written
                : new Endpoint(live.address().url(), written.weight());
        return new Member(live, shown, priority);
    }

    /** Whether that is where it is, or where it is shown to be: of an address of a name, filters do not see the name. */
    boolean isAt(EndpointAddress address) {
        return live.address().equals(address)
                || (live.address().ip().isPresent()
                        && EndpointAddress.of(endpoint).equals(address));
    }

    /** Its share of the requests, relative to the others of its group. */
    public int weight() {
        return endpoint.weight();
    }
}
