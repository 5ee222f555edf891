package dev.jarway.runtime.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * Another configuration of a filter for some requests.
 *
 * @param match which requests
 * @param config what the plugin is configured with for these; if not given, these requests skip the filter
 */
public record RuleConfig(RuleMatch match, Optional<ObjectNode> config) {}
