package dev.jarway.runtime.snapshot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jarway.runtime.config.FilterConfig;

/**
 * An entry of the configuration as it applies to some requests.
 *
 * @param slot names the entry, and the rule that applies, for all revisions of the configuration
 * @param pointer where the plugin's configuration stands
 * @param entry the entry
 * @param config the plugin's configuration
 */
record FilterUse(String slot, String pointer, FilterConfig entry, ObjectNode config) {}
