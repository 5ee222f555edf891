package dev.jarway.runtime.config;

/**
 * A configuration that holds: what a snapshot is built from.
 *
 * @param document as it was written
 * @param config with references resolved and defaults filled in
 * @param hidden what in it is never printed; the checks of plugins' configurations need it
 */
public record LoadedConfig(ConfigDocument document, GatewayConfig config, HiddenValues hidden) {}
