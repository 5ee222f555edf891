/** One request and its response, as filters and the gateway see them: the contract's views over Vert.x's messages. */
@NullMarked
package dev.jarway.runtime.exchange;

import org.jspecify.annotations.NullMarked;
