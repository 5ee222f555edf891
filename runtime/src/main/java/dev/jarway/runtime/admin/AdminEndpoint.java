package dev.jarway.runtime.admin;

import dev.jarway.loader.LoadedPlugin;
import dev.jarway.loader.PluginLoader;
import dev.jarway.runtime.config.AdminConfig;
import dev.jarway.runtime.listener.Listeners;
import dev.jarway.runtime.overload.Overload;
import dev.jarway.runtime.rollout.Rollouts;
import dev.jarway.runtime.snapshot.Changes;
import dev.jarway.runtime.snapshot.ConfigSource;
import dev.jarway.runtime.snapshot.DropFolder;
import dev.jarway.runtime.snapshot.SnapshotHolder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/** The admin endpoint: one HTTP server on an address of its own, with a router over its resources. */
public final class AdminEndpoint {
    private static final long LARGEST_CONFIG = 16L << 20;
    private static final long LARGEST_JAR = 256L << 20;

    private final HttpServer server;

    private AdminEndpoint(HttpServer server) {
        this.server = server;
    }

    /** What the endpoint shows and changes. */
    public record Parts(
            SnapshotHolder holder,
            Changes changes,
            ConfigSource source,
            DropFolder folder,
            Supplier<List<LoadedPlugin>> generations,
            PluginLoader loader,
            Rollouts rollouts,
            Listeners listeners,
            Overload overload) {}

    /** Binds the address. */
    public static Future<AdminEndpoint> open(Vertx vertx, AdminConfig config, AdminToken token, Parts parts) {
        return vertx.createHttpServer(new HttpServerOptions()
                        .setHandle100ContinueAutomatically(true)
                        .setHttp2ClearTextEnabled(false))
                .requestHandler(router(vertx, token, parts))
                .listen(config.port(), config.host())
                .map(AdminEndpoint::new)
                .recover(cause -> Future.failedFuture(new IOException(
                        "admin: " + config.host() + ":" + config.port() + " cannot be bound: " + cause.getMessage(),
                        cause)));
    }

    private static Router router(Vertx vertx, AdminToken token, Parts parts) {
        Router router = Router.router(vertx);
        StatusResource status = new StatusResource(parts);
        ConfigResource document = new ConfigResource(parts.source(), parts.holder());
        PluginsResource plugins = new PluginsResource(parts);
        router.get("/healthz").handler(status::alive);
        router.get("/readyz").handler(status::ready);
        router.route().handler(new TokenGate(token));
        router.route().handler(new ChangeGate(parts.changes()));
        QueryGate nothing = QueryGate.taking();
        QueryGate change = QueryGate.taking("reason");
        router.get("/v1/status").handler(nothing).handler(status::show);
        router.get("/v1/config").handler(nothing).handler(document::show);
        router.get("/v1/config/schema").handler(nothing).handler(document::schema);
        router.put("/v1/config").handler(change.orSwitch("dryRun"));
        router.put("/v1/config")
                .handler(BodyHandler.create(false).setBodyLimit(LARGEST_CONFIG))
                .handler(document::replace);
        RevisionsResource revisions = new RevisionsResource(parts.changes().history(), parts.source(), document);
        router.get("/v1/config/revisions").handler(nothing).handler(revisions::list);
        router.get("/v1/config/revisions/:number").handler(nothing).handler(revisions::show);
        router.get("/v1/config/revisions/:number/diff")
                .handler(QueryGate.taking("against"))
                .handler(revisions::diff);
        router.post("/v1/config/revisions/:number/restore").handler(change).handler(revisions::restore);
        router.get("/v1/plugins").handler(nothing).handler(plugins::list);
        router.post("/v1/plugins").handler(change).handler(plugins::allowed);
        router.post("/v1/plugins")
                .handler(BodyHandler.create(false).setBodyLimit(LARGEST_JAR))
                .handler(plugins::upload);
        router.get("/v1/plugins/:id").handler(nothing).handler(plugins::show);
        router.get("/v1/plugins/:id/:version").handler(nothing).handler(plugins::show);
        router.get("/v1/plugins/:id/:version/schema").handler(nothing).handler(plugins::schema);
        router.post("/v1/plugins/:id/:version/collect")
                .handler(change.orSwitch("heap"))
                .handler(new CollectResource(parts)::collect);
        router.delete("/v1/plugins/:id/:version")
                .handler(change.orSwitch("force"))
                .handler(plugins::delete);
        RolloutsResource rollouts = new RolloutsResource(parts);
        router.get("/v1/rollouts").handler(nothing).handler(rollouts::list);
        router.get("/v1/rollouts/:name").handler(nothing).handler(rollouts::show);
        router.post("/v1/rollouts/:name/:command").handler(change).handler(rollouts::command);
        ServicesResource services = new ServicesResource(parts);
        router.get("/v1/services").handler(nothing).handler(services::list);
        router.get("/v1/services/:name").handler(nothing).handler(services::show);
        router.route().handler(Reply::notFound);
        router.route().failureHandler(Reply::failed);
        router.errorHandler(405, Reply::methodNotAllowed);
        return router;
    }

    /** The port that it is bound to. */
    public int port() {
        return server.actualPort();
    }

    /** Closes it. */
    public Future<Void> close() {
        return server.close();
    }
}
