package dev.jarway.runtime.exchange;

import dev.jarway.plugin.Bytes;
import dev.jarway.plugin.Headers;
import dev.jarway.plugin.Request;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The request of an exchange: what has come in, as the filters so far have changed it. */
public final class ExchangeRequest implements Request {
    private final Provenance provenance;
    private final String scheme;
    private final MultiMap fields;
    private final MessageHeaders headers;
    private final boolean hasBody;
    private final BodySlot body = new BodySlot();

    private String method;
    private String host;
    private int port;
    private String target;
    private int changes;
    private @Nullable Query query;

    /**
     * A request as it has been admitted.
     *
     * @param head its line and its host
     * @param provenance from where it comes
     * @param fields its fields, without {@code host} and those that concern one connection alone; changed in place
     * @param hasBody whether a body follows
     */
    public ExchangeRequest(RequestHead head, Provenance provenance, MultiMap fields, boolean hasBody) {
        this.provenance = provenance;
        this.method = head.method();
        this.scheme = provenance.scheme().orElse(head.scheme());
        this.host = head.host();
        this.port = head.port();
        this.target = head.target();
        this.fields = fields;
        this.headers = new MessageHeaders(fields);
        this.hasBody = hasBody;
    }

    /**
     * Grows whenever a filter changes something by which routes are matched.
     *
     * @param byFields whether they are matched by header fields too
     */
    public int changes(boolean byFields) {
        return byFields ? changes + headers.changes() : changes;
    }

    /** The fields themselves, for those who send them. */
    public MultiMap fields() {
        return fields;
    }

    /** From where it comes. */
    public Provenance provenance() {
        return provenance;
    }

    /** The port that was asked for together with the host; -1 if none was. */
    public int port() {
        return port;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public void setMethod(String method) {
        if (!FieldRules.isToken(method) || method.equals("CONNECT")) {
            throw new IllegalArgumentException("method: '" + method + "' (expected: a token other than CONNECT)");
        }
        this.method = method;
        changes++;
    }

    @Override
    public String scheme() {
        return scheme;
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public void setHost(String host) {
        this.host = RequestHead.checkedHost(host.toLowerCase(Locale.ROOT));
        this.port = -1;
        changes++;
    }

    @Override
    public String target() {
        return target;
    }

    @Override
    public void setTarget(String target) {
        this.target = RequestHead.checkedTarget(target);
        this.query = null;
        changes++;
    }

    @Override
    public String path() {
        int question = target.indexOf('?');
        return question < 0 ? target : target.substring(0, question);
    }

    @Override
    public Optional<String> query(String name) {
        return parameters().first(name);
    }

    @Override
    public List<String> queryAll(String name) {
        return parameters().all(name);
    }

    private Query parameters() {
        Query known = query;
        if (known == null) {
            known = Query.of(target);
            query = known;
        }
        return known;
    }

    @Override
    public Optional<String> cookie(String name) {
        return fields.getAll("cookie").stream()
                .flatMap(line -> ServerCookieDecoder.LAX.decodeAll(line).stream())
                .filter(cookie -> cookie.name().equals(name))
                .map(Cookie::value)
                .findFirst();
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
