/** The test that every sample's JAR has to pass. */
@NullMarked
package dev.jarway.samples.packaging;

import org.jspecify.annotations.NullMarked;
