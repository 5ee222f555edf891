package dev.jarway.benchmarks;

import java.util.Locale;

/** What is asked of a proxy. */
enum Work {
    GET_1K("GET 1 KB", Upstream.SMALL, 64, ""),
    GET_1M("GET 1 MB", Upstream.LARGE, 16, ""),
    POST_100K("POST 100 KB", Upstream.SINK, 64, """
            wrk.method = "POST"
            wrk.body = string.rep("x", 102400)
            """),
    TLS("GET 1 KB over TLS", Upstream.SMALL, 64, ""),
    HTTP2("GET 1 KB over HTTP/2 and TLS", Upstream.SMALL, 64, ""),
    MANY("GET 1 KB, 1,000 connections", Upstream.SMALL, 1000, ""),
    ONE_SHOT("GET 1 KB, a connection each", Upstream.SMALL, 64, """
            wrk.headers["Connection"] = "close"
            """);

    private final String title;
    private final String path;
    private final int connections;
    private final String script;

    Work(String title, String path, int connections, String script) {
        this.title = title;
        this.path = path;
        this.connections = connections;
        this.script = script;
    }

    /** As a person would call it. */
    String title() {
        return title;
    }

    /** As the command line calls it. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String path() {
        return path;
    }

    /** Over how many connections; over HTTP/2, how many requests at a time. */
    int connections() {
        return connections;
    }

    /** What wrk has to know besides, in Lua; empty for a plain GET. */
    String script() {
        return script;
    }

    boolean secure() {
        return this == TLS || this == HTTP2;
    }
}
