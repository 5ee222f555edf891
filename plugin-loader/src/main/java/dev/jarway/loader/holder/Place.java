package dev.jarway.loader.holder;

import java.util.List;

/** One kind of place that may hold a plugin's classes. */
interface Place {

    /** What it is called in reports. */
    String kind();

    /** Lets go of what can be let go of without harm to anyone else, before the class loader is closed. Says what. */
    default List<String> clean(Suspect suspect) throws Exception {
        return List.of();
    }

    /** Looks for what holds on, after the class loader was closed. */
    default List<String> find(Suspect suspect) throws Exception {
        return List.of();
    }
}
