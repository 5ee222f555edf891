/** A plugin that sees both the request and its response. */
@NullMarked
package dev.jarway.samples.requestid;

import org.jspecify.annotations.NullMarked;
