/** A plugin that changes header fields as it is told. */
@NullMarked
package dev.jarway.samples.headertransform;

import org.jspecify.annotations.NullMarked;
