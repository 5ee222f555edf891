package dev.jarway.runtime.snapshot;

import dev.jarway.runtime.config.LoadedConfig;
import dev.jarway.runtime.history.Origin;
import java.util.Optional;

/**
 * What a publication is to be built of.
 *
 * @param inventory the plugins
 * @param loaded the configuration
 * @param before what is done between the check and the publication
 * @param origin where it comes from; nothing is written down if that is empty
 * @param revision the number that it is to have
 */
record Attempt(
        Inventory inventory, LoadedConfig loaded, BeforePublication before, Optional<Origin> origin, long revision) {}
