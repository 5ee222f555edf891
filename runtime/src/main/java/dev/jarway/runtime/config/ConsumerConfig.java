package dev.jarway.runtime.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jarway.plugin.Default;
import jakarta.validation.constraints.Pattern;
import java.util.Map;

/**
 * Someone who may be calling.
 *
 * @param name unique among consumers
 * @param credentials for each plugin that finds out who is calling, by the plugin's id, what it knows this one by
 */
public record ConsumerConfig(
        @Pattern(regexp = Names.PATTERN, message = Names.EXPECTED)
        String name,

        @Default("{}") Map<String, ObjectNode> credentials) {}
