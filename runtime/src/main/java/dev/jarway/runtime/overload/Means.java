package dev.jarway.runtime.overload;

/** How much the process has used of what it needs for everything. */
public interface Means {

    /** How much of the heap was in use after the last collection, in percent. */
    int heap();

    /** How many of the file descriptors that it may open are open, in percent. */
    int descriptors();
}
