package dev.jarway.plugin;

/**
 * A plugin that looks at requests and responses as they pass.
 *
 * <p>A lambda will do:
 *
 * <pre>{@code
 * return exchange -> new Filter() {
 *     @Override public Action onResponseHeaders(Response response) {
 *         response.headers().set("x-request-id", exchange.id());
 *         return Action.proceed();
 *     }
 * };
 * }</pre>
 */
@SuppressWarnings("try") // close() may well throw InterruptedException: the gateway is its only caller
@FunctionalInterface
public non-sealed interface FilterPlugin extends Plugin {

    /**
     * Makes the filter of one exchange. Called on the thread that {@link PluginFactory#executes()} asks for, and by several
     * threads at once for different exchanges; it must not block on the event loop.
     *
     * @throws Exception to fail this exchange, by the entry's {@code onFailure}
     */
    Filter newFilter(Exchange exchange) throws Exception;
}
