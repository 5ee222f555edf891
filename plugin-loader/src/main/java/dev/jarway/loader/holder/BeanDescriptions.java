package dev.jarway.loader.holder;

import java.beans.Introspector;
import java.util.List;

/** The JDK's cache of bean descriptions, which is thrown away whole: it fills again by itself. */
final class BeanDescriptions implements Place {

    @Override
    public String kind() {
        return "bean-description";
    }

    @Override
    public List<String> clean(Suspect suspect) {
        if (suspect.knows("java.beans.Introspector")) {
            Introspector.flushCaches();
        }
        return List.of();
    }
}
