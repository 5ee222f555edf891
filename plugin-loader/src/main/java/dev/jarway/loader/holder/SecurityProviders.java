package dev.jarway.loader.holder;

import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;

/** Providers of cryptography that a plugin has installed in the JVM. They are removed. */
final class SecurityProviders implements Place {

    @Override
    public String kind() {
        return "security-provider";
    }

    @Override
    public List<String> clean(Suspect suspect) {
        var removed = new ArrayList<String>();
        for (Provider provider : Security.getProviders()) {
            if (suspect.owns(provider)) {
                Security.removeProvider(provider.getName());
                removed.add("'" + provider.getName() + "' of class "
                        + provider.getClass().getName());
            }
        }
        return removed;
    }
}
