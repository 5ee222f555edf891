/** Services and the way to them: which endpoint is next, and one request to it over Vert.x's client. */
@NullMarked
package dev.jarway.runtime.upstream;

import org.jspecify.annotations.NullMarked;
