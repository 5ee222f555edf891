/** A plugin that blocks, on virtual threads, and cleans up after itself. */
@NullMarked
package dev.jarway.samples.sqlauth;

import org.jspecify.annotations.NullMarked;
