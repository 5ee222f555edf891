/** The smallest plugin: an answer of the gateway's own. */
@NullMarked
package dev.jarway.samples.mockresponse;

import org.jspecify.annotations.NullMarked;
