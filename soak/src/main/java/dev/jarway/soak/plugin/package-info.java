/** The plugin that is swapped. */
@NullMarked
package dev.jarway.soak.plugin;

import org.jspecify.annotations.NullMarked;
