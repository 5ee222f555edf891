package dev.jarway.loader.leak;

import java.util.List;

/** A kind of place that may hold the classes of a closed class loader. */
public interface Holder {

    /** Lets go of what can be let go of without harm, and says what that was. Called before the loader is closed. */
    default List<String> clean(ClassLoader loader) {
        return List.of();
    }

    /** Says what of this kind holds the loader still, and where it is. */
    List<String> find(ClassLoader loader);
}
