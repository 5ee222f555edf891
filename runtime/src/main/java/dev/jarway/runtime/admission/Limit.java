package dev.jarway.runtime.admission;

import dev.jarway.runtime.failure.FailureCode;
import java.util.Locale;

/** What there is a limit to, by the names of {@code limits} in the configuration. */
public enum Limit {
    REQUEST_LINE(FailureCode.TARGET_TOO_LONG),
    HEADERS(FailureCode.FIELDS_TOO_LARGE),
    HEADER_COUNT(FailureCode.FIELDS_TOO_LARGE),
    BODY(FailureCode.REQUEST_BODY_TOO_LARGE),
    TRAILERS(FailureCode.FIELDS_TOO_LARGE),
    CHUNK_EXTENSIONS(FailureCode.BAD_REQUEST),
    HEADERS_WITHIN(FailureCode.REQUEST_TIMEOUT),
    BODY_IDLE(FailureCode.REQUEST_TIMEOUT),
    RESPONSE_IDLE(FailureCode.CLIENT_GONE),
    CONNECTIONS(FailureCode.CLIENT_GONE),
    CONNECTIONS_PER_CLIENT(FailureCode.CLIENT_GONE),
    REQUESTS_PER_CONNECTION(FailureCode.CLIENT_GONE),
    CONTROL_FRAMES(FailureCode.CLIENT_GONE),
    STREAM_RESETS(FailureCode.CLIENT_GONE);

    private final FailureCode code;
    private final String key;

    Limit(FailureCode code) {
        this.code = code;
        this.key = camelCase(name());
    }

    /** How a request fails that goes beyond it; of no use where it is a connection that does. */
    FailureCode code() {
        return code;
    }

    /** Its name in the configuration. */
    public String key() {
        return key;
    }

    private static String camelCase(String constant) {
        StringBuilder key = new StringBuilder();
        for (String word : constant.toLowerCase(Locale.ROOT).split("_", -1)) {
            key.append(key.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return key.toString();
    }
}
