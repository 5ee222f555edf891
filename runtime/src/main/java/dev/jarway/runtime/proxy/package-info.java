/**
 * The way of a request through the gateway and back. {@link dev.jarway.runtime.proxy.RequestFlow} is where it can be read
 * from top to bottom.
 */
@NullMarked
package dev.jarway.runtime.proxy;

import org.jspecify.annotations.NullMarked;
