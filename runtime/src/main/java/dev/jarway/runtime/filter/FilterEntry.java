package dev.jarway.runtime.filter;

import dev.jarway.runtime.config.OnFailure;
import dev.jarway.runtime.observability.Tallies;
import java.time.Duration;

/**
 * One place in a filter chain where one filter stands.
 *
 * @param name what the configuration calls it; unique in a chain
 * @param plugin the configured plugin that stands there
 * @param onFailure what becomes of an exchange when its filter fails
 * @param timeout the most that one call of its filter may take, waiting included
 * @param tallies where it is counted how its filters do
 */
public record FilterEntry(String name, ConfiguredPlugin plugin, OnFailure onFailure, Duration timeout, Tallies tallies)
        implements ChainEntry {}
