/**
 * The proof that nothing is lost in a swap, as a program: load that does not wait for answers, code and configuration that
 * change under it, and a verdict.
 */
@NullMarked
package dev.jarway.soak;

import org.jspecify.annotations.NullMarked;
