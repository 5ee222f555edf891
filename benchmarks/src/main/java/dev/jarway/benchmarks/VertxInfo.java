package dev.jarway.benchmarks;

import io.vertx.core.Vertx;

/** Which Vert.x this is. */
final class VertxInfo {
    private VertxInfo() {}

    static String version() {
        String version = Vertx.class.getPackage().getImplementationVersion();
        return version == null ? "?" : version;
    }
}
