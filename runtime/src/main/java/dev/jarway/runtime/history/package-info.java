/**
 * The history: every revision of configuration and plugins, with who made it and why, kept in the data directory so that it is
 * still there after a crash.
 */
@NullMarked
package dev.jarway.runtime.history;

import org.jspecify.annotations.NullMarked;
