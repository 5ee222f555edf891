package dev.jarway.loader.holder;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Objects of a plugin's classes among the system properties, which are a map for anything. They are removed. */
final class SystemProperties implements Place {

    @Override
    public String kind() {
        return "system-property";
    }

    @Override
    public List<String> clean(Suspect suspect) {
        var removed = new ArrayList<String>();
        for (Map.Entry<Object, Object> property :
                List.copyOf(System.getProperties().entrySet())) {
            Object name = property.getKey();
            if (suspect.owns(name) || suspect.owns(property.getValue())) {
                System.getProperties().remove(name);
                removed.add((name instanceof String text
                                ? "'" + text + "'"
                                : name.getClass().getName()) + ": a "
                        + property.getValue().getClass().getName());
            }
        }
        return removed;
    }
}
