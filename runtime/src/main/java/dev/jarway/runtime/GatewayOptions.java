package dev.jarway.runtime;

import dev.jarway.runtime.config.GatewayConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a gateway is started with.
 *
 * @param config the file of its configuration
 * @param plugins the drop folder, unless the configuration names another
 * @param data where it keeps what is its own; created if need be
 * @param eventLoops how many event loops serve requests
 * @param adminToken the admin endpoint's token; if not given, the one in the data directory, made at the first start
 * @param environment what references of the configuration to variables mean
 * @param clock what time it is
 * @param collectionLimit how long after its closing a plugin's generation becomes a zombie
 */
public record GatewayOptions(
        Path config,
        Path plugins,
        Path data,
        int eventLoops,
        Optional<String> adminToken,
        Map<String, String> environment,
        Clock clock,
        Duration collectionLimit) {

    /** The usual: an event loop for each processor. */
    public static GatewayOptions of(Path config, Path plugins, Path data) {
        return new GatewayOptions(
                config,
                plugins,
                data,
                Math.max(1, Runtime.getRuntime().availableProcessors()),
                Optional.ofNullable(System.getenv("JARWAY_ADMIN_TOKEN")).filter(token -> !token.isBlank()),
                System.getenv(),
                Clock.systemUTC(),
                Duration.ofSeconds(30));
    }

    /** The directory of the configuration's file, at which relative paths in it begin. */
    Path directory() {
        return Objects.requireNonNull(config.toAbsolutePath().getParent(), "a file has a directory");
    }

    /** The drop folder: the one that the configuration names, or the one given here. */
    public Path dropFolder(GatewayConfig document) {
        return document.plugins().directory().map(directory()::resolve).orElse(plugins);
    }
}
