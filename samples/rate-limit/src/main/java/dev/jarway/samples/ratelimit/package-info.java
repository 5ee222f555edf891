/** A plugin with state, which its successor takes over. */
@NullMarked
package dev.jarway.samples.ratelimit;

import org.jspecify.annotations.NullMarked;
