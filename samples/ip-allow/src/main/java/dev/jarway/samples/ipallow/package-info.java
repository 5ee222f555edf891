/** A plugin that goes by the address of the client. */
@NullMarked
package dev.jarway.samples.ipallow;

import org.jspecify.annotations.NullMarked;
