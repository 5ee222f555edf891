package dev.jarway.runtime.cli;

import dev.jarway.runtime.Gateway;
import dev.jarway.runtime.GatewayOptions;
import dev.jarway.runtime.config.RouteConfig;
import dev.jarway.runtime.listener.HttpListener;
import dev.jarway.runtime.snapshot.Fallback;
import dev.jarway.runtime.snapshot.Inventory;
import dev.jarway.runtime.snapshot.Snapshot;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** The first screen: where the gateway listens, what it serves, and what to try next. */
final class StartPanel {
    private static final int SHOWN_ROUTES = 8;

    private StartPanel() {}

    static void print(PrintWriter out, Gateway gateway, GatewayOptions options, boolean demo) {
        Snapshot snapshot = gateway.snapshot();
        out.println();
        out.println("  Jarway is up" + (demo ? ", with its demo." : "."));
        out.println();
        for (HttpListener listener : gateway.listeners()) {
            out.printf(
                    "  %-10s %s://%s:%d%n",
                    listener.config().name(),
                    listener.config().tls().isPresent() ? "https" : "http",
                    shown(listener.config().host()),
                    listener.port());
        }
        String admin = snapshot.loaded().config().admin().host();
        out.printf("  %-10s http://%s:%d   token in %s%n", "admin", shown(admin), gateway.adminPort(), token(options));
        out.printf("  %-10s %s%n", "config", options.config());
        out.printf(
                "  %-10s %s%n", "plugins", options.dropFolder(snapshot.loaded().config()));
        out.println();
        plugins(out, snapshot.inventory());
        routes(out, snapshot.loaded().config().routes());
        snapshot.warnings().forEach(warning -> out.println("  note: " + warning));
        snapshot.tls()
                .values()
                .forEach(tls -> tls.warnings(Instant.now()).forEach(warning -> out.println("  note: " + warning)));
        gateway.fallback().ifPresent(fallback -> fallback(out, fallback, options));
        if (demo) {
            tryNext(out, options);
        }
        out.println();
        out.flush();
    }

    private static void fallback(PrintWriter out, Fallback fallback, GatewayOptions options) {
        out.println();
        out.printf(
                "  ATTENTION: running on revision %d of the history, not on what %s and the drop folder say.%n",
                fallback.revision(), options.config());
        fallback.problems().forEach(problem -> out.println("    " + problem));
        out.println("  What is right in them is taken up once this is repaired; nothing has been overwritten.");
    }

    private static String token(GatewayOptions options) {
        return options.adminToken().isPresent()
                ? "JARWAY_ADMIN_TOKEN"
                : options.data().resolve("admin-token").toString();
    }

    private static String shown(String host) {
        return host.equals("0.0.0.0") ? "localhost" : host;
    }

    private static void plugins(PrintWriter out, Inventory inventory) {
        String names = inventory.all().stream()
                .map(type -> type.generation().description().id() + " "
                        + type.generation().description().version())
                .sorted()
                .collect(Collectors.joining(", "));
        out.println("  Plugins loaded: " + (names.isEmpty() ? "none yet" : names));
        inventory.files().forEach((name, file) -> {
            if (file instanceof Inventory.JarFile.Unfit unfit) {
                out.println("  Cannot be used: " + unfit.reason());
            }
        });
    }

    private static void routes(PrintWriter out, List<RouteConfig> routes) {
        String names = routes.stream()
                .limit(SHOWN_ROUTES)
                .map(route -> route.name() + " "
                        + route.match().path().or(route.match()::pathRegex).orElse("/**"))
                .collect(Collectors.joining(", "));
        String more = routes.size() > SHOWN_ROUTES ? ", and " + (routes.size() - SHOWN_ROUTES) + " more" : "";
        out.println("  Routes: " + (names.isEmpty() ? "none" : names + more));
    }

    private static void tryNext(PrintWriter out, GatewayOptions options) {
        out.println();
        out.println("  Try");
        out.println("    curl http://localhost:8080/hello");
        out.println("    cp samples/mock-response/target/mock-response-1.0.0.jar " + options.plugins() + "/");
        out.println("    curl http://localhost:8080/hello        # now answered by the plugin; nothing restarted");
        out.println("  Stop with Ctrl-C: requests under way are finished first.");
    }
}
