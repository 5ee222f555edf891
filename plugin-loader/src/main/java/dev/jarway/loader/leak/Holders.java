package dev.jarway.loader.leak;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All kinds of holders that are looked through when a plugin is closed. */
public final class Holders {
    private static final Logger log = LoggerFactory.getLogger(Holders.class);
    private static final List<Holder> ALL =
            List.of(new Threads(), new JdbcDrivers(), new ManagementBeans(), new JdkCaches());

    private Holders() {}

    /** Lets go of what can be let go of without harm, and says what that was. */
    public static List<String> clean(ClassLoader loader) {
        List<String> cleaned = new ArrayList<>();
        for (Holder holder : ALL) {
            try {
                cleaned.addAll(holder.clean(loader));
            } catch (RuntimeException | LinkageError e) {
                log.warn("{} could not be cleaned for {}", holder.getClass().getSimpleName(), loader, e);
            }
        }
        return cleaned;
    }

    /** Says what holds the loader. */
    public static List<String> find(ClassLoader loader) {
        List<String> found = new ArrayList<>();
        for (Holder holder : ALL) {
            found.addAll(holder.find(loader));
        }
        return found;
    }
}
