/** The command line: starting the gateway, its first screen, its demo, and its exit codes. */
@NullMarked
package dev.jarway.runtime.cli;

import org.jspecify.annotations.NullMarked;
