package dev.jarway.samples.bodyrewrite;

import dev.jarway.plugin.Action;
import dev.jarway.plugin.Chunk;
import dev.jarway.plugin.Filter;
import dev.jarway.plugin.Headers;
import dev.jarway.plugin.Request;
import dev.jarway.plugin.Response;
import dev.jarway.samples.bodyrewrite.BodyRewrite.Direction;
import org.jspecify.annotations.Nullable;

/** Rewrites bodies piece by piece, whatever their size, and holds back only what may be the beginning of a match. */
final class StreamingRewrite implements Filter {
    private final Replacement replacement;
    private final Direction on;

    private Replacement.@Nullable Pass requestPass;
    private Replacement.@Nullable Pass responsePass;

    StreamingRewrite(Replacement replacement, Direction on) {
        this.replacement = replacement;
        this.on = on;
    }

    @Override
    public Action onRequestHeaders(Request request) {
        if (on.hasRequest() && request.hasBody()) {
            requestPass = begin(request.headers());
        }
        return Action.proceed();
    }

    @Override
    public Action onRequestData(Chunk chunk) {
        return rewrite(chunk, requestPass);
    }

    @Override
    public Action onResponseHeaders(Response response) {
        if (on.hasResponse() && response.hasBody()) {
            responsePass = begin(response.headers());
        }
        return Action.proceed();
    }

    @Override
    public Action onResponseData(Chunk chunk) {
        return rewrite(chunk, responsePass);
    }

    private Replacement.@Nullable Pass begin(Headers headers) {
        if (!Replacement.fits(headers)) {
            return null;
        }
        // The new length is known only at the end. Without the header, the body is sent in chunks.
        headers.remove("content-length");
        return replacement.newPass();
    }

    private static Action rewrite(Chunk chunk, Replacement.@Nullable Pass pass) {
        if (pass != null) {
            chunk.replace(pass.next(chunk.bytes(), chunk.last()));
        }
        return Action.proceed();
    }
}
