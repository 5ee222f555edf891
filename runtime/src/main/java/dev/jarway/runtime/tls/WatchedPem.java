package dev.jarway.runtime.tls;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was made of files in PEM: made anew when they change, as long as they are right; otherwise what was made before stays. Safe
 * from any thread.
 *
 * @param <T> what is made of them; equal if the files say the same
 */
final class WatchedPem<T> {
    private static final Logger log = LoggerFactory.getLogger(WatchedPem.class);

    private final List<PemPlace> places;
    private final Making<T> making;
    private volatile T current;
    private volatile Optional<String> problem = Optional.empty();

    /** Makes it of what stands at the places now. */
    interface Making<T> {
        T make() throws PemException;
    }

    private WatchedPem(List<PemPlace> places, Making<T> making, T first) {
        this.places = List.copyOf(places);
        this.making = making;
        this.current = first;
    }

    /** Makes it for the first time. */
    static <T> WatchedPem<T> load(List<PemPlace> places, Making<T> making) throws PemException {
        return new WatchedPem<>(places, making, making.make());
    }

    /** What holds now. */
    T current() {
        return current;
    }

    /** What is wrong with the files as they are; empty if that is what holds. */
    Optional<String> problem() {
        return problem;
    }

    /** Where it comes from. */
    List<PemPlace> places() {
        return places;
    }

    /** The files among these places. */
    List<Path> files() {
        return places.stream().flatMap(WatchedPem::file).toList();
    }

    private static Stream<Path> file(PemPlace place) {
        return place.file().stream();
    }

    /** Makes it anew, if that can be done. */
    synchronized void reload() {
        try {
            T next = making.make();
            problem = Optional.empty();
            if (!next.equals(current)) {
                current = next;
                log.info("{} replaced: now {}", places.getFirst(), next);
            }
        } catch (PemException e) {
            Optional<String> found = Optional.of(e.told());
            if (!found.equals(problem)) {
                log.warn("{}: {}; what was there before stays in use", places.getFirst(), e.told());
            }
            problem = found;
        }
    }
}
