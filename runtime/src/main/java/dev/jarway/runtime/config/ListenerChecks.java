package dev.jarway.runtime.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The check that what a listener is to speak, and how, goes together. */
final class ListenerChecks {
    private final Cursor root;
    private final Findings findings;

    ListenerChecks(Cursor root, Findings findings) {
        this.root = root;
        this.findings = findings;
    }

    void run() {
        root.at("listeners").elements().forEach(this::check);
    }

    private void check(Cursor listener) {
        Cursor tls = listener.at("tls");
        boolean secure = tls.node().isObject();
        protocols(listener.at("protocols"), secure);
        if (secure) {
            certificates(tls);
            clients(tls);
        }
        Set<String> spoken = listener.at("protocols").elements().stream()
                .flatMap(protocol -> protocol.text().stream())
                .collect(Collectors.toSet());
        if (spoken.contains("h3")) {
            http3(listener, spoken);
        }
        listener.at("proxyProtocol").at("from").elements().forEach(network -> findings.hold(network, Network::check));
        forwarded(listener.at("forwarded"));
    }

    private void forwarded(Cursor forwarded) {
        List<Cursor> trusted = forwarded.at("trust").elements();
        trusted.forEach(network -> findings.hold(network, Network::check));
        if (trusted.isEmpty() && !forwarded.at("read").node().isMissingNode()) {
            findings.add(
                    forwarded.at("read"),
                    ", though nobody is trusted",
                    "trust beside it: the proxies that are believed");
        }
    }

    private void protocols(Cursor protocols, boolean secure) {
        Set<String> seen = new HashSet<>();
        for (Cursor protocol : protocols.elements()) {
            String text = protocol.text().orElse("");
            if (!seen.add(text)) {
                findings.add(protocol, ", which stands there twice", "each protocol once");
            } else if (secure && text.equals("h2c")) {
                findings.add(protocol, " on a listener with tls", "h2, or a listener without tls");
            } else if (!secure && List.of("h2", "h3").contains(text)) {
                findings.add(protocol, " on a listener without tls", "tls beside it, or h2c");
            }
        }
    }

    private void certificates(Cursor tls) {
        if (tls.at("certificates").elements().isEmpty()
                && tls.at("plugins").elements().isEmpty()) {
            findings.add(tls, " without a certificate", "certificates, or plugins that give them");
        }
    }

    private void clients(Cursor tls) {
        boolean asked = !tls.at("clientAuth").text().orElse("none").equals("none");
        boolean trusts = !tls.at("trust").node().isMissingNode();
        if (asked && !trusts) {
            findings.add(tls.at("clientAuth"), " without trust", "trust beside it: whose certificates are taken");
        }
        if (trusts && !asked) {
            findings.add(tls.at("trust"), ", though no client is asked", "clientAuth: optional or required beside it");
        }
        if (!asked && tls.at("forwardClientCert").node().asBoolean()) {
            findings.add(
                    tls.at("forwardClientCert"),
                    ", though no client is asked",
                    "clientAuth: optional or required beside it");
        }
    }

    private void http3(Cursor listener, Set<String> spoken) {
        if (!spoken.contains("h1") && !spoken.contains("h2")) {
            findings.add(
                    listener.at("protocols"), " with h3 alone", "h1 or h2 beside it, for clients that begin there");
        }
        if (listener.at("proxyProtocol").node().isObject()) {
            findings.add(listener.at("proxyProtocol"), " beside h3, which has no such thing", "one of the two");
        }
    }
}
