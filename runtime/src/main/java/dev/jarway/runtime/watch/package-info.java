/** What changes on disk, told reliably: the drop folder and the configuration file. */
@NullMarked
package dev.jarway.runtime.watch;

import org.jspecify.annotations.NullMarked;
