/** What the gateway tells about its exchanges: the access log and meters. */
@NullMarked
package dev.jarway.runtime.observability;

import org.jspecify.annotations.NullMarked;
