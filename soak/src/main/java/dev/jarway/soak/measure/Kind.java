package dev.jarway.soak.measure;

/** A kind of traffic. */
public enum Kind {
    KEEP_ALIVE("keep-alive"),
    ONE_SHOT("one-shot"),
    HTTP2("HTTP/2"),
    WEBSOCKET("WebSocket"),
    EVENTS("SSE"),
    UPLOAD("slow upload"),
    LONG_POLL("long-poll");

    private final String title;

    Kind(String title) {
        this.title = title;
    }

    /** As in the table. */
    public String title() {
        return title;
    }
}
