/** The door of the gateway: what is let in, what is not, and how often that was so. */
@NullMarked
package dev.jarway.runtime.admission;

import org.jspecify.annotations.NullMarked;
