package dev.jarway.runtime.filter;

import dev.jarway.plugin.Action;
import dev.jarway.plugin.Filter;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** One of the methods of a filter: when it is called stands in the contract, what it may answer stands here. */
enum Hook {
    REQUEST_HEADERS("onRequestHeaders", true, true, true),
    REQUEST_DATA("onRequestData", false, true, false),
    REQUEST_TRAILERS("onRequestTrailers", false, true, false),
    REQUEST_BODY("onRequestBody", false, true, true),
    ENDPOINT_CHOSEN("onEndpointChosen", false, true, false),
    RESPONSE_HEADERS("onResponseHeaders", true, true, false),
    RESPONSE_DATA("onResponseData", false, false, false),
    RESPONSE_TRAILERS("onResponseTrailers", false, false, false),
    RESPONSE_BODY("onResponseBody", false, true, false),
    COMPLETE("onComplete", false, false, false);

    private static final ClassValue<Set<Hook>> OVERRIDDEN = new ClassValue<>() {
        @Override
        protected Set<Hook> computeValue(Class<?> type) {
            Set<Hook> hooks = EnumSet.noneOf(Hook.class);
            for (Hook hook : values()) {
                if (hook.isOverriddenBy(type)) {
                    hooks.add(hook);
                }
            }
            return Collections.unmodifiableSet(hooks);
        }
    };

    private final String method;
    private final boolean buffers;
    private final boolean responds;
    private final boolean reroutes;

    Hook(String method, boolean buffers, boolean responds, boolean reroutes) {
        this.method = method;
        this.buffers = buffers;
        this.responds = responds;
        this.reroutes = reroutes;
    }

    /** The method's name in the contract. */
    String method() {
        return method;
    }

    /** Whether the method may answer so in the end; what it awaits is asked when it is there. */
    boolean allows(Action action) {
        return switch (action) {
            case Action.Proceed proceed -> true;
            case Action.BufferBody buffer -> buffers;
            case Action.Respond respond -> responds;
            case Action.Reroute reroute -> reroutes;
            case Action.Await<?> await -> false;
        };
    }

    /** The hooks that a filter's class overrides; looked up once for each class. */
    static Set<Hook> overriddenBy(Class<? extends Filter> type) {
        return OVERRIDDEN.get(type);
    }

    private boolean isOverriddenBy(Class<?> type) {
        Method declared = Arrays.stream(Filter.class.getMethods())
                .filter(candidate -> candidate.getName().equals(method))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(method + " is missing from the contract"));
        try {
            return type.getMethod(method, declared.getParameterTypes()).getDeclaringClass() != Filter.class;
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(type + " is no filter", e);
        }
    }
}
