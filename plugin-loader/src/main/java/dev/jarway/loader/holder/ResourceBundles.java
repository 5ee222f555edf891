package dev.jarway.loader.holder;

import java.util.List;
import java.util.ResourceBundle;

/** The JDK's cache of resource bundles, as far as it is a plugin's. */
final class ResourceBundles implements Place {

    @Override
    public String kind() {
        return "resource-bundle";
    }

    @Override
    public List<String> clean(Suspect suspect) {
        // Nothing tells whether there was any, so nothing is reported.
        ResourceBundle.clearCache(suspect.classLoader());
        return List.of();
    }
}
