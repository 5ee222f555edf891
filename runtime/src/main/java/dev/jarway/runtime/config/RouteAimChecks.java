package dev.jarway.runtime.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The checks of where routes lead: to one service, to several, or elsewhere; and of how requests change on the way. */
final class RouteAimChecks {
    private static final Pattern DOTS = Pattern.compile("(?i)(\\.|%2e){1,2}(;.*|%3b.*)?");
    private static final Pattern LOCATION = Pattern.compile("[!-~&&[^\"<>\\\\^`{|}]]+");
    private static final Pattern CONTROL = Pattern.compile("(?i)%([01][0-9a-f]|7f)");
    private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);
    private static final String REST = "/**";

    private final Findings findings;
    private final Set<String> services;

    RouteAimChecks(Findings findings, Set<String> services) {
        this.findings = findings;
        this.services = services;
    }

    void check(Cursor route) {
        one(route);
        service(route.at("service"));
        several(route);
        service(route.at("mirror").at("service"));
        rewrite(route);
        redirect(route);
    }

    private void one(Cursor route) {
        long aims = List.of("service", "services", "redirect").stream()
                .filter(key -> !route.at(key).node().isMissingNode())
                .count();
        if (!route.node().isObject() || aims == 1) {
            return;
        }
        if (aims == 0) {
            findings.add(route.at("service"), "one of service, services and redirect");
        } else {
            findings.add(route, ", with " + aims + " of service, services and redirect", "one of them");
        }
    }

    private void service(Cursor service) {
        var name = service.text();
        if (name.isPresent() && !services.contains(name.get())) {
            findings.add(service, Suggestion.of(name.get(), services), RouteChecks.oneOf(services, "service"));
        }
    }

    private void several(Cursor route) {
        var list = route.at("services");
        Map<String, Cursor> first = new HashMap<>();
        long total = 0;
        for (var element : list.elements()) {
            var name = element.at("name");
            service(name);
            name.text()
                    .flatMap(text -> Optional.ofNullable(first.putIfAbsent(text, name)))
                    .ifPresent(earlier -> findings.add(name, ", as at " + earlier.pointer(), "each service once"));
            total += element.at("weight").node().asInt(1);
        }
        if (list.node().isArray() && total == 0) {
            findings.add(list, ", without weight", "at least one service with a weight over 0");
        }
        var sticky = route.at("sticky");
        if (sticky.node().isObject() && list.elements().isEmpty()) {
            findings.add(sticky, ", without services", "services beside it");
        } else if (sticky.at("consumer").node().asBoolean()) {
            findings.add(sticky.at("consumer"), ", which is not known yet", "header, cookie or clientAddress");
        }
        new StickyChecks(findings).check(sticky);
    }

    private void rewrite(Cursor route) {
        var rewrite = route.at("rewrite");
        unwanted(route, rewrite);
        unwanted(route, route.at("mirror"));
        var prefix = rewrite.at("prefix");
        if (prefix.text().isPresent() && rewrite.at("path").text().isPresent()) {
            findings.add(prefix, " beside path", "path or prefix");
        }
        var match = route.at("match");
        path(rewrite.at("path"), match);
        if (prefix.text().isPresent() && !pattern(match).endsWith(REST)) {
            findings.add(prefix, ", and match.path does not end with /**", "match.path: /something/**");
        } else if (prefix.text().filter(text -> text.endsWith(REST)).isPresent()) {
            findings.add(prefix, "a path without /**");
        } else {
            path(prefix, match);
        }
        findings.hold(rewrite.at("host"), Syntax::authority);
    }

    private void unwanted(Cursor route, Cursor part) {
        if (part.node().isObject() && route.at("redirect").node().isObject()) {
            findings.add(part, " beside redirect", "service or services beside it");
        }
    }

    private void redirect(Cursor route) {
        var redirect = route.at("redirect");
        if (!redirect.node().isObject()) {
            return;
        }
        var status = redirect.at("status");
        if (status.node().isInt() && !STATUSES.contains(status.node().intValue())) {
            findings.add(status, "301, 302, 303, 307 or 308");
        }
        var parts = List.of("scheme", "host", "path").stream()
                .filter(key -> redirect.at(key).text().isPresent())
                .count();
        var location = redirect.at("location");
        if (location.node().isMissingNode() && parts == 0) {
            findings.add(location, "location, or any of scheme, host and path");
        } else if (location.text().isPresent() && parts > 0) {
            findings.add(location, " beside parts of it", "location, or any of scheme, host and path");
        }
        location.text()
                .filter(text -> !LOCATION.matcher(text).matches())
                .ifPresent(text -> findings.add(location, "a URL or a path, of visible ASCII"));
        redirect.at("scheme")
                .text()
                .filter(text -> !text.equals("http") && !text.equals("https"))
                .ifPresent(text -> findings.add(redirect.at("scheme"), "http or https"));
        findings.hold(redirect.at("host"), Syntax::authority);
        path(redirect.at("path"), route.at("match"));
    }

    /** What is sent has to be as clear as what is let in: so a name stands for a whole segment, and the rest is checked here. */
    private void path(Cursor path, Cursor match) {
        var text = path.text();
        if (text.isEmpty()) {
            return;
        }
        var wrong = PathSyntax.check(text.get()).or(() -> clear(text.get())).or(() -> known(text.get(), match));
        wrong.ifPresent(expected -> findings.add(path, expected));
    }

    private static Optional<String> clear(String path) {
        var segments = List.of(path.substring(1).split("/", -1));
        if (path.contains("\\") || CONTROL.matcher(path).find()) {
            return Optional.of("no backslash and no control character");
        }
        if (segments.stream().anyMatch(segment -> DOTS.matcher(segment).matches())) {
            return Optional.of("no segment . or .., encoded or not");
        }
        return segments.subList(0, segments.size() - 1).contains("")
                ? Optional.of("no two slashes in a row")
                : Optional.empty();
    }

    private static Optional<String> known(String path, Cursor match) {
        var pattern = pattern(match);
        if (path.endsWith(REST) && !pattern.endsWith(REST)) {
            return Optional.of("/** only where match.path ends with it");
        }
        var names = new HashSet<>(List.of(pattern.split("/", -1)));
        return List.of(path.split("/", -1)).stream()
                .filter(segment -> segment.startsWith("{") && !names.contains(segment))
                .findFirst()
                .map(segment -> "names of match.path alone; " + segment + " is none");
    }

    private static String pattern(Cursor match) {
        return match.at("pathRegex").text().isPresent()
                ? ""
                : match.at("path").text().orElse(REST);
    }
}
