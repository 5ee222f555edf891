package dev.jarway.samples.ratelimit;

import dev.jarway.plugin.Action;
import dev.jarway.plugin.Exchange;
import dev.jarway.plugin.Filter;
import dev.jarway.plugin.LocalResponse;
import dev.jarway.plugin.Request;
import dev.jarway.plugin.Response;
import org.jspecify.annotations.Nullable;

/** Takes a token for the request, and tells the caller in the response how many are left. */
final class LimitFilter implements Filter {
    private static final LocalResponse TOO_MANY = LocalResponse.of(429, "too many requests\n");

    private final Exchange exchange;
    private final Caller caller;
    private final TokenBuckets buckets;
    private final String policy;

    private TokenBuckets.@Nullable Take take;

    LimitFilter(Exchange exchange, Caller caller, TokenBuckets buckets, String policy) {
        this.exchange = exchange;
        this.caller = caller;
        this.buckets = buckets;
        this.policy = policy;
    }

    /** What is said of these buckets in each response: quota and window. */
    static String policy(TokenBuckets buckets) {
        return "\"default\";q=" + buckets.burst() + ";w=" + seconds(buckets.nanosToFill());
    }

    // Not earlier: a filter before this one may have said who the consumer is.
    @Override
    public Action onRequestHeaders(Request request) {
        var taken = buckets.take(caller.key(exchange));
        take = taken;
        return taken.allowed()
                ? Action.proceed()
                : Action.respond(TOO_MANY.withHeader("retry-after", Long.toString(seconds(taken.nanosToNext()))));
    }

    // As draft-ietf-httpapi-ratelimit-headers has it: beside the policy, what is left and the seconds until all is
    // back.
    @Override
    public Action onResponseHeaders(Response response) {
        if (take != null) {
            response.headers().set("ratelimit-policy", policy);
            var state = "\"default\";r=" + take.remaining() + ";t=" + seconds(take.nanosToFull());
            response.headers().set("ratelimit", state);
        }
        return Action.proceed();
    }

    private static long seconds(long nanos) {
        return Math.ceilDiv(nanos, 1_000_000_000L);
    }
}
