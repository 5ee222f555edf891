/** When no further request is taken on: how much is under way, and what there is left to do it with. */
@NullMarked
package dev.jarway.runtime.overload;

import org.jspecify.annotations.NullMarked;
