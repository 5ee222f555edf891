package dev.jarway.runtime.config;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The checks of services: that their endpoints can be told apart, and that what is said about them fits together. */
final class ServiceChecks {
    private static final String BY_HASH = "consistent-hash";

    private final Cursor root;
    private final Findings findings;

    ServiceChecks(Cursor root, Findings findings) {
        this.root = root;
        this.findings = findings;
    }

    void run() {
        for (var service : root.at("services").elements()) {
            endpoints(service.at("endpoints"));
            discovery(service);
            hash(service);
            ejection(service.at("health").at("passive"));
            tries(service);
            tls(service);
        }
    }

    private void endpoints(Cursor endpoints) {
        Map<String, Cursor> first = new HashMap<>();
        for (var endpoint : endpoints.elements()) {
            var url = endpoint.at("url");
            findings.hold(url, Syntax::endpoint);
            url.text()
                    .map(ServiceChecks::meaning)
                    .flatMap(address -> Optional.ofNullable(first.putIfAbsent(address, url)))
                    .ifPresent(earlier ->
                            findings.add(url, ", as at " + earlier.pointer(), "a url of its own in this service"));
        }
    }

    private void discovery(Cursor service) {
        var endpoints = service.at("endpoints");
        var discovery = service.at("discovery");
        boolean none = endpoints.node().isMissingNode()
                || (endpoints.node().isArray() && endpoints.node().isEmpty());
        if (service.node().isObject() && none && discovery.node().isMissingNode()) {
            findings.add(endpoints, "at least 1 endpoint, or discovery");
        }
        discovery
                .at("plugin")
                .text()
                .flatMap(plugin -> PluginReference.parse(plugin).version())
                .flatMap(Syntax::version)
                .ifPresent(expected -> findings.add(discovery.at("plugin"), "id@version, with " + expected));
    }

    /** A final slash says nothing, nor do capitals. */
    private static String meaning(String url) {
        var address = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        return address.toLowerCase(Locale.ROOT);
    }

    private void hash(Cursor service) {
        boolean wanted =
                service.at("loadBalancer").text().filter(BY_HASH::equals).isPresent();
        var hash = service.at("hash");
        if (wanted && hash.node().isMissingNode()) {
            findings.add(service.at("loadBalancer"), ", without hash", "hash beside it, such as { cookie: session }");
        } else if (!wanted && hash.node().isObject()) {
            findings.add(hash, ", without loadBalancer: " + BY_HASH, "loadBalancer: " + BY_HASH + " beside it");
        }
        new StickyChecks(findings).check(hash);
    }

    private void tls(Cursor service) {
        var tls = service.at("tls");
        findings.hold(tls.at("serverName"), Syntax::serverName);
        boolean shown = tls.at("certificate").text().isPresent();
        if (shown != tls.at("key").text().isPresent()) {
            findings.add(tls, ", with only one of certificate and key", "both, or neither");
        }
        if (tls.at("ca").text().isPresent()
                && tls.at("verify").node().isBoolean()
                && !tls.at("verify").node().booleanValue()) {
            findings.add(tls.at("verify"), ", beside ca", "ca, or verify: false");
        }
        boolean wanted = service.at("discovery").node().isObject()
                || service.at("endpoints").elements().stream()
                        .anyMatch(endpoint -> endpoint.at("url")
                                .text()
                                .filter(ServiceChecks::isSecure)
                                .isPresent());
        if (tls.node().isObject() && !tls.node().isEmpty() && !wanted) {
            findings.add(tls, ", and no endpoint is https://", "an endpoint that is https://, or no tls");
        }
    }

    private static boolean isSecure(String url) {
        return url.startsWith("https:");
    }

    private void tries(Cursor service) {
        var perTry = service.at("retries").at("perTryTimeout");
        try {
            var one = perTry.text().map(Durations::parse);
            var response =
                    Durations.parse(service.at("timeouts").at("response").text().orElse("15s"));
            if (one.filter(limit -> limit.compareTo(response) >= 0).isPresent()) {
                findings.add(
                        perTry,
                        ", so that timeouts.response ends a try first",
                        "less than the service's timeouts.response");
            }
        } catch (IllegalArgumentException e) {
            // The schema has more to say about what is no duration.
            return;
        }
    }

    private void ejection(Cursor passive) {
        try {
            var first = Durations.parse(passive.at("ejectFor").text().orElse("30s"));
            var longest = Durations.parse(passive.at("longest").text().orElse("5m"));
            if (longest.compareTo(first) < 0) {
                var where = passive.at("longest").node().isMissingNode() ? "ejectFor" : "longest";
                findings.add(passive.at(where), ", so that longest is less than ejectFor", "longest >= ejectFor");
            }
        } catch (IllegalArgumentException e) {
            // The schema has more to say about what is no duration.
            return;
        }
    }
}
