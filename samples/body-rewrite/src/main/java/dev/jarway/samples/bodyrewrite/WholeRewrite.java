package dev.jarway.samples.bodyrewrite;

import dev.jarway.plugin.Action;
import dev.jarway.plugin.Bytes;
import dev.jarway.plugin.Filter;
import dev.jarway.plugin.Headers;
import dev.jarway.plugin.Request;
import dev.jarway.plugin.Response;
import dev.jarway.samples.bodyrewrite.BodyRewrite.Direction;

/** Rewrites bodies in one go, up to a limit. The gateway collects them and puts {@code content-length} right. */
final class WholeRewrite implements Filter {
    private static final long LIMIT = 1 << 20;

    private final Replacement replacement;
    private final Direction on;

    WholeRewrite(Replacement replacement, Direction on) {
        this.replacement = replacement;
        this.on = on;
    }

    @Override
    public Action onRequestHeaders(Request request) {
        return on.hasRequest() && request.hasBody() && Replacement.fits(request.headers())
                ? Action.bufferBody(LIMIT)
                : Action.proceed();
    }

    @Override
    public Action onRequestBody(Request request, Bytes body, Headers trailers) {
        request.replaceBody(replacement.newPass().next(body, true));
        return Action.proceed();
    }

    @Override
    public Action onResponseHeaders(Response response) {
        return on.hasResponse() && response.hasBody() && Replacement.fits(response.headers())
                ? Action.bufferBody(LIMIT)
                : Action.proceed();
    }

    @Override
    public Action onResponseBody(Response response, Bytes body, Headers trailers) {
        response.replaceBody(replacement.newPass().next(body, true));
        return Action.proceed();
    }
}
