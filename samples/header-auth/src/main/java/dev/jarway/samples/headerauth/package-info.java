/** A plugin that lets some requests pass and refuses the others. */
@NullMarked
package dev.jarway.samples.headerauth;

import org.jspecify.annotations.NullMarked;
