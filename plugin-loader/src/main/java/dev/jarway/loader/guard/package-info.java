/** Ends endless loops in plugins: what is written into their classes, and whom it stops. */
@NullMarked
package dev.jarway.loader.guard;

import org.jspecify.annotations.NullMarked;
