/** Sockets that clients connect to, and the event loops that serve them. */
@NullMarked
package dev.jarway.runtime.listener;

import org.jspecify.annotations.NullMarked;
