package dev.jarway.runtime.filter;

import dev.jarway.plugin.Filter;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.EnumSet;

/** The hooks that a filter's class overrides, looked up once for each class. Asked several times for each filter of an exchange. */
final class Hooks {
    static final Hooks NONE = new Hooks(EnumSet.noneOf(Hook.class));

    private static final ClassValue<Hooks> OVERRIDDEN = new ClassValue<>() {
        @Override
        protected Hooks computeValue(Class<?> type) {
            EnumSet<Hook> hooks = EnumSet.allOf(Hook.class);
            hooks.removeIf(hook -> !isOverridden(hook, type));
            return new Hooks(hooks);
        }
    };

    private final EnumSet<Hook> all;
    private final boolean ofResponse;
    private final boolean ofHeadersAlone;

    private Hooks(EnumSet<Hook> all) {
        this.all = all;
        this.ofResponse = all.contains(Hook.RESPONSE_HEADERS)
                || all.contains(Hook.RESPONSE_DATA)
                || all.contains(Hook.RESPONSE_TRAILERS)
                || all.contains(Hook.RESPONSE_BODY);
        this.ofHeadersAlone = EnumSet.of(Hook.REQUEST_HEADERS, Hook.RESPONSE_HEADERS, Hook.COMPLETE)
                .containsAll(all);
    }

    static Hooks overriddenBy(Class<? extends Filter> type) {
        return OVERRIDDEN.get(type);
    }

    boolean has(Hook hook) {
        return all.contains(hook);
    }

    /** Whether any of them shows something of the response before it is sent. */
    boolean hasResponse() {
        return ofResponse;
    }

    /** Whether none of them is called but with the head of a message, or at the end. */
    boolean areOfHeadersAlone() {
        return ofHeadersAlone;
    }

    private static boolean isOverridden(Hook hook, Class<?> type) {
        Method declared = Arrays.stream(Filter.class.getMethods())
                .filter(candidate -> candidate.getName().equals(hook.method()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(hook.method() + " is missing from the contract"));
        try {
            return type.getMethod(hook.method(), declared.getParameterTypes()).getDeclaringClass() != Filter.class;
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(type + " is no filter", e);
        }
    }
}
