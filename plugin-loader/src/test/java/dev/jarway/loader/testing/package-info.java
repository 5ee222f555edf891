/** Plugins made while a test runs: sources in, JARs out. */
@NullMarked
package dev.jarway.loader.testing;

import org.jspecify.annotations.NullMarked;
