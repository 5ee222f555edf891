/** What the code of plugins calls without knowing, so that it can be stopped. */
@NullMarked
package dev.jarway.loader.guard;

import org.jspecify.annotations.NullMarked;
