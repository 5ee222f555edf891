/** What proxies tell of whom they speak for, read and written. */
@NullMarked
package dev.jarway.runtime.forwarding;

import org.jspecify.annotations.NullMarked;
