/** A plugin that gives certificates from a folder. */
@NullMarked
package dev.jarway.samples.certificatefiles;

import org.jspecify.annotations.NullMarked;
