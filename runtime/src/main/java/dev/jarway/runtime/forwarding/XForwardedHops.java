package dev.jarway.runtime.forwarding;

import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code X-Forwarded-For} and its like say of the hops of a request, the last first. Each proxy adds the address of whom it
 * has the request from at the end. Of the scheme, the host and the port, some add theirs too, and some have one value for all: then
 * that is the value.
 */
final class XForwardedHops implements Iterator<Optional<Hop>> {
    private final List<String> from;
    private final List<String> schemes;
    private final List<String> hosts;
    private final List<String> ports;
    private int read;

    private XForwardedHops(MultiMap fields) {
        this.from = elements(fields, ForwardedFields.FOR);
        this.schemes = elements(fields, ForwardedFields.PROTO);
        this.hosts = elements(fields, ForwardedFields.HOST);
        this.ports = elements(fields, ForwardedFields.PORT);
    }

    static Iterator<Optional<Hop>> of(MultiMap fields) {
        return new XForwardedHops(fields);
    }

    /** There is at least one: the peer may have said how it was asked, and not by whom. */
    @Override
    public boolean hasNext() {
        return read < Math.max(1, from.size());
    }

    @Override
    public Optional<Hop> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        String address = read < from.size() ? from.get(from.size() - 1 - read) : null;
        Hop hop = Hop.of(address, fromTheEnd(schemes), fromTheEnd(hosts), fromTheEnd(ports));
        read++;
        return Optional.of(hop);
    }

    private @Nullable String fromTheEnd(List<String> values) {
        return values.isEmpty() ? null : values.get(Math.max(0, values.size() - 1 - read));
    }

    private static List<String> elements(MultiMap fields, CharSequence name) {
        if (!fields.contains(name)) {
            return List.of();
        }
        List<String> elements = new ArrayList<>();
        for (String line : fields.getAll(name)) {
            for (String element : line.split(",", -1)) {
                if (!element.isBlank()) {
                    elements.add(element.strip());
                }
            }
        }
        return elements;
    }
}
