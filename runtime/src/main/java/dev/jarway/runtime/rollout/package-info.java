/** How one version of a plugin takes the place of another: step by step, watched, and back by itself if it does worse. */
@NullMarked
package dev.jarway.runtime.rollout;

import org.jspecify.annotations.NullMarked;
