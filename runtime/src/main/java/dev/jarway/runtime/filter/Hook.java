package dev.jarway.runtime.filter;

import dev.jarway.plugin.Action;
import dev.jarway.plugin.Bytes;
import dev.jarway.plugin.Chunk;
import dev.jarway.plugin.Endpoint;
import dev.jarway.plugin.Filter;
import dev.jarway.plugin.Headers;
import dev.jarway.plugin.Outcome;
import dev.jarway.plugin.Request;
import dev.jarway.plugin.Response;
import java.util.Set;

/** One of the methods of a filter: when it is called stands in the contract, what it may answer stands here. */
enum Hook {
    REQUEST_HEADERS("onRequestHeaders", Set.of(Action.BufferBody.class, Action.Respond.class, Action.Reroute.class), Request.class),
    REQUEST_DATA("onRequestData", Set.of(Action.Respond.class), Chunk.class),
    REQUEST_TRAILERS("onRequestTrailers", Set.of(Action.Respond.class), Headers.class),
    REQUEST_BODY("onRequestBody", Set.of(Action.Respond.class, Action.Reroute.class), Request.class, Bytes.class, Headers.class),
    ENDPOINT_CHOSEN("onEndpointChosen", Set.of(Action.Respond.class), Request.class, Endpoint.class),
    RESPONSE_HEADERS("onResponseHeaders", Set.of(Action.BufferBody.class, Action.Respond.class), Response.class),
    RESPONSE_DATA("onResponseData", Set.of(), Chunk.class),
    RESPONSE_TRAILERS("onResponseTrailers", Set.of(), Headers.class),
    RESPONSE_BODY("onResponseBody", Set.of(Action.Respond.class), Response.class, Bytes.class, Headers.class),
    COMPLETE("onComplete", Set.of(), Outcome.class);

    private static final ClassValue<Integer> OVERRIDDEN = new ClassValue<>() {
        @Override
        protected Integer computeValue(Class<?> type) {
            int hooks = 0;
            for (Hook hook : values()) {
                hooks |= hook.isOverriddenBy(type) ? 1 << hook.ordinal() : 0;
            }
            return hooks;
        }
    };

    private final String method;
    private final Set<Class<? extends Action>> answers;
    private final Class<?>[] parameters;

    Hook(String method, Set<Class<? extends Action>> answers, Class<?>... parameters) {
        this.method = method;
        this.answers = answers;
        this.parameters = parameters;
    }

    /** The method's name in the contract. */
    String method() {
        return method;
    }

    /** Whether the method may answer so; {@code proceed} and {@code await} always may be. */
    boolean allows(Action action) {
        return action instanceof Action.Proceed || answers.contains(action.getClass());
    }

    /** The hooks that a filter's class overrides, as a set of bits; looked up once for each class. */
    static int overriddenBy(Class<? extends Filter> type) {
        return OVERRIDDEN.get(type);
    }

    boolean in(int hooks) {
        return (hooks & 1 << ordinal()) != 0;
    }

    private boolean isOverriddenBy(Class<?> type) {
        try {
            return type.getMethod(method, parameters).getDeclaringClass() != Filter.class;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(method + " is missing from the contract", e);
        }
    }
}
