package dev.jarway.runtime.exchange;

import dev.jarway.plugin.Bytes;
import dev.jarway.plugin.Headers;
import dev.jarway.plugin.Response;
import io.vertx.core.MultiMap;

/** The response of an exchange: what a service or the gateway gave, as the filters so far have changed it. */
public final class ExchangeResponse implements Response {
    private final MultiMap fields;
    private final MessageHeaders headers;
    private final boolean hasBody;
    private final BodySlot body = new BodySlot();
    private int status;

    /** A response with these fields, which are changed in place. */
    public ExchangeResponse(int status, MultiMap fields, boolean hasBody) {
        this.status = status;
        this.fields = fields;
        this.headers = new MessageHeaders(fields);
        this.hasBody = hasBody;
    }

    /** Whether a body comes with a status, if the request is no HEAD (RFC 9110 section 6.4.1). */
    public static boolean isBodyStatus(int status) {
        return status >= 200 && status != 204 && status != 205 && status != 304;
    }

    /** The fields themselves, for those who send them. */
    public MultiMap fields() {
        return fields;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public void setStatus(int status) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status: " + status + " (expected: 200 to 599)");
        }
        this.status = status;
    }

    @Override
    public Headers headers() {
        return headers;
    }

    @Override
    public boolean hasBody() {
        return hasBody;
    }

    @Override
    public void replaceBody(Bytes replacement) {
        body.replace(replacement);
    }

    /** Lets {@link #replaceBody} work, until {@link #closeBody}. */
    public void openBody(Bytes collected) {
        body.open(collected);
    }

    /** What the collected body has become. */
    public Bytes closeBody() {
        return body.close();
    }
}
