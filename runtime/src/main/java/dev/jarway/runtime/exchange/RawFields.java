package dev.jarway.runtime.exchange;

import io.netty.handler.codec.http.HttpHeaders;
import io.vertx.core.MultiMap;
import java.util.Iterator;
import java.util.Map;

/** Fields as they are kept: most names as octets whose hash is known, of which a walk along a map would make a text each. */
public final class RawFields {
    private RawFields() {}

    /** A walk along them, in their order. The entries are not to be kept. */
    public static Iterator<? extends Map.Entry<? extends CharSequence, ? extends CharSequence>> of(MultiMap fields) {
        return fields instanceof HttpHeaders kept ? kept.iteratorCharSequence() : fields.iterator();
    }
}
