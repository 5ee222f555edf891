/**
 * Snapshots: how a configuration and the plugins present become one, how requests hold on to it, and how it is replaced.
 */
@NullMarked
package dev.jarway.runtime.snapshot;

import org.jspecify.annotations.NullMarked;
