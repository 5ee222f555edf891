package dev.jarway.loader.holder;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** The places that are looked at, one after another. One that fails keeps nobody from looking at the next. */
public final class Places {
    private final List<Place> places;

    private Places(List<Place> places) {
        this.places = places;
    }

    /** All there are. To be made before the first plugin is loaded: it notes how the JVM was without. */
    public static Places all() {
        return new Places(List.of(
                new JdbcDrivers(),
                new MBeans(),
                new NotificationListeners(),
                new SecurityProviders(),
                new JulLoggers(),
                new ShutdownHooks(),
                new JvmDefaults(),
                new SystemProperties(),
                new UrlHandlers(),
                new ResourceBundles(),
                new BeanDescriptions(),
                new JdkThreads(),
                new LiveThreads(),
                new VirtualThreads(),
                new ThreadLocals(),
                ThreadTasks.ofTimers(),
                ThreadTasks.ofExecutors(),
                ThreadTasks.ofCleaners()));
    }

    /** The kinds of holding that reports may name. */
    public List<String> kinds() {
        return places.stream().map(Place::kind).toList();
    }

    /** Lets go of what can be let go of. */
    public LeakReport clean(Suspect suspect) {
        return visit(suspect, LeakReport.EMPTY, true);
    }

    /** What holds on; with what was cleaned before. */
    public LeakReport search(Suspect suspect, LeakReport before) {
        return visit(suspect, before, false);
    }

    private LeakReport visit(Suspect suspect, LeakReport before, boolean clean) {
        var found = new ArrayList<Holding>();
        var notSearched = new LinkedHashSet<>(before.notSearched());
        for (Place place : places) {
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
