package dev.jarway.runtime.routing;

import java.util.List;

/** Where the values of a condition come from: a header, or a parameter of the query. */
record ValueSource(Kind kind, String name) {

    enum Kind {
        HEADER,
        QUERY
    }

    List<String> values(RequestTarget request) {
        return switch (kind) {
            case HEADER -> request.header(name);
            case QUERY -> request.query(name);
        };
    }
}
