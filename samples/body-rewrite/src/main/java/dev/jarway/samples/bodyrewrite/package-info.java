/** A plugin that changes bodies, piece by piece or as a whole. */
@NullMarked
package dev.jarway.samples.bodyrewrite;

import org.jspecify.annotations.NullMarked;
