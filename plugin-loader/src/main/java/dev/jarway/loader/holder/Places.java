package dev.jarway.loader.holder;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** All the places, one after another. One that fails keeps nobody from looking at the next. */
public final class Places {
    private static final List<Place> ALL = List.of(
            new JdbcDrivers(),
            new MBeans(),
            new JulLoggers(),
            new ShutdownHooks(),
            new ResourceBundles(),
            new BeanDescriptions(),
            new LiveThreads(),
            new ThreadLocals());

    private Places() {}

    /** Lets go of what can be let go of. */
    public static LeakReport clean(Suspect suspect) {
        return visit(suspect, LeakReport.EMPTY, true);
    }

    /** What holds on; with what was cleaned before. */
    public static LeakReport search(Suspect suspect, LeakReport before) {
        return visit(suspect, before, false);
    }

    private static LeakReport visit(Suspect suspect, LeakReport before, boolean clean) {
        var found = new ArrayList<Holding>();
        var notSearched = new LinkedHashSet<>(before.notSearched());
        for (Place place : ALL) {
            try {
                List<String> details = clean ? place.clean(suspect) : place.find(suspect);
                details.forEach(detail -> found.add(new Holding(place.kind(), detail)));
            } catch (ClosedToUsException e) {
                notSearched.add(place.kind() + ": " + e.getMessage());
            } catch (Exception | LinkageError e) {
                notSearched.add(place.kind() + ": " + e);
            }
        }
        var kept = List.copyOf(notSearched);
        return clean ? new LeakReport(found, List.of(), kept) : new LeakReport(before.cleaned(), found, kept);
    }
}
