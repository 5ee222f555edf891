/** The places outside of a plugin that may go on holding its classes, and what can be done about each. */
@NullMarked
package dev.jarway.loader.holder;

import org.jspecify.annotations.NullMarked;
