/** A plugin that finds endpoints. */
@NullMarked
package dev.jarway.samples.filediscovery;

import org.jspecify.annotations.NullMarked;
