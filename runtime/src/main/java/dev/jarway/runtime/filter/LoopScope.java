package dev.jarway.runtime.filter;

import dev.jarway.loader.boundary.Boundary;
import dev.jarway.loader.boundary.Crossing;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * What one event loop has to itself for calling plugins.
 *
 * @param index counts the event loops from 0
 * @param vertx for its timers
 * @param context of the event loop; all filters of its exchanges are called here, or wait for their result here
 * @param boundary where calls into plugins are watched
 * @param crossing for calls on the event loop itself
 * @param spare for the filters of its exchanges
 */
public record LoopScope(
        int index, Vertx vertx, Context context, Boundary boundary, Crossing crossing, SpareFilters spare) {

    /** That of an event loop which begins. */
    public LoopScope(int index, Vertx vertx, Context context, Boundary boundary) {
        this(index, vertx, context, boundary, boundary.crossing(), new SpareFilters());
    }
}
