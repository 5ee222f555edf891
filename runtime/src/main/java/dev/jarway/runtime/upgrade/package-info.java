/** How one gateway takes over from another that runs on the same data directory: what they say to each other, and when. */
@NullMarked
package dev.jarway.runtime.upgrade;

import org.jspecify.annotations.NullMarked;
