/** What holds an object, by a heap dump: {@link dev.jarway.loader.heap.HeapSearch} makes one, reads it and deletes it. */
@NullMarked
package dev.jarway.loader.heap;

import org.jspecify.annotations.NullMarked;
