/**
 * What the operator writes: the records of the configuration document, and the way from its text to them. A document is
 * checked as a whole, and every {@link dev.jarway.runtime.config.Problem} in it is reported at once.
 */
@NullMarked
package dev.jarway.runtime.config;

import org.jspecify.annotations.NullMarked;
