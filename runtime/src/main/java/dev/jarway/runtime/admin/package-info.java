/** The admin endpoint: what the gateway is doing, and the ways to change it, over HTTP on an address of its own. */
@NullMarked
package dev.jarway.runtime.admin;

import org.jspecify.annotations.NullMarked;
