/** Which route a request takes: an index over the routes of a snapshot, whose cost does not grow with their number. */
@NullMarked
package dev.jarway.runtime.routing;

import org.jspecify.annotations.NullMarked;
