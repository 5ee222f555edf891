/** A plugin to measure what headers cost. */
@NullMarked
package dev.jarway.samples.headerchurn;

import org.jspecify.annotations.NullMarked;
