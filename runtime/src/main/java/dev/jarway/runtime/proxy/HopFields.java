package dev.jarway.runtime.proxy;

import dev.jarway.runtime.exchange.ExchangeRequest;
import dev.jarway.runtime.failure.FailureCode;
import dev.jarway.runtime.failure.GatewayFailure;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The fields by which a request tells what way it has come, and how far it may still go (RFC 9110 section 7.6). */
final class HopFields {
    private static final CharSequence VIA = HttpHeaders.createOptimized("via");
    private static final CharSequence MAX_FORWARDS = HttpHeaders.createOptimized("max-forwards");

    /** Of this process alone: two gateways in a row are no circle. */
    private static final String NAME = "jarway-" + HexFormat.of().toHexDigits(new SecureRandom().nextLong());

    private static final CharSequence FROM_HTTP10 = HttpHeaders.createOptimized("1.0 " + NAME);
    private static final CharSequence FROM_HTTP11 = HttpHeaders.createOptimized("1.1 " + NAME);
    private static final CharSequence FROM_HTTP2 = HttpHeaders.createOptimized("2 " + NAME);
    private static final CharSequence FROM_HTTP3 = HttpHeaders.createOptimized("3 " + NAME);

    private HopFields() {}

    /** Refuses what has been here already: it would come again, and each time at the cost of all in the circle. */
    static void refuseLoop(MultiMap fields) {
        if (fields.contains(VIA)) {
            for (String line : fields.getAll(VIA)) {
                if (line.contains(NAME)) {
                    throw GatewayFailure.of(FailureCode.PROXY_LOOP, "via names this gateway already");
                }
            }
        }
    }

    /** Writes down that it has been here. */
    static void advance(MultiMap fields, HttpServerRequest received) {
        fields.add(
                VIA,
                switch (received.version()) {
                    case HTTP_1_0 -> FROM_HTTP10;
                    case HTTP_1_1 -> FROM_HTTP11;
                    case HTTP_2 -> FROM_HTTP2;
                    case HTTP_3 -> FROM_HTTP3;
                });
    }

    /** Whether it is meant for this gateway itself (section 7.6.2). If not, and it has a limit, that is one less now. */
    static boolean endHere(ExchangeRequest request) {
        if (!request.method().equals("OPTIONS")) {
            return false;
        }
        String left = request.fields().get(MAX_FORWARDS);
        if (left == null) {
            return false;
        }
        int more = number(left);
        if (more > 0) {
            request.fields().set(MAX_FORWARDS, String.valueOf(more - 1));
        }
        return more == 0;
    }

    private static int number(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits) {
            throw GatewayFailure.of(FailureCode.BAD_REQUEST, "max-forwards: not a whole number");
        }
        return Integer.parseInt(text);
    }
}
