package dev.jarway.runtime.config;

import java.util.ArrayList;
import java.util.Set;

/** The check that no two sockets are to be bound to one address. */
final class AddressChecks {
    private static final Set<String> ANY = Set.of("0.0.0.0", "::", "[::]");

    private final Cursor root;
    private final Findings findings;

    AddressChecks(Cursor root, Findings findings) {
        this.root = root;
        this.findings = findings;
    }

    void run() {
        var taken = new ArrayList<Address>();
        var admin = root.at("admin");
        taken.add(new Address(
                admin.at("host").text().orElse("127.0.0.1"),
                admin.at("port").node().asInt(9180),
                "the admin endpoint"));
        for (var listener : root.at("listeners").elements()) {
            var port = listener.at("port");
            var address = new Address(
                    listener.at("host").text().orElse("0.0.0.0"), port.node().asInt(), listener.pointer());
            taken.stream()
                    .filter(address::overlaps)
                    .findFirst()
                    .ifPresent(other -> findings.add(
                            port, " on " + address.host() + ", as " + other.owner(), "an address of its own"));
            taken.add(address);
        }
    }

    /** What a socket is bound to; port 0 stands for a free one. */
    private record Address(String host, int port, String owner) {
        boolean overlaps(Address other) {
            var sameHost = host.equalsIgnoreCase(other.host) || ANY.contains(host) || ANY.contains(other.host);
            return port != 0 && port == other.port && sameHost;
        }
    }
}
