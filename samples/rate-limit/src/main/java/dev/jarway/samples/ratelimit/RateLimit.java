package dev.jarway.samples.ratelimit;

import dev.jarway.plugin.Default;
import dev.jarway.plugin.FilterPlugin;
import dev.jarway.plugin.PluginContext;
import dev.jarway.plugin.PluginFactory;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;

/**
 * Limits how many requests a caller makes in a second. Shows state that all exchanges share, and that passes to the plugin's
 * successor: a new configuration or a new version does not fill the buckets.
 */
public final class RateLimit implements PluginFactory<RateLimit.Config> {

    /**
     * The limit, and whom to count as one caller.
     *
     * @param perSecond how many requests a caller may make in the long run
     * @param burst how many it may make at once, after a pause
     * @param key {@code ip}, {@code consumer}, or {@code header:} and a name
     */
    public record Config(
            @Min(1) @Max(1_000_000) int perSecond,
            @Default("10") @Min(1) @Max(1_000_000) int burst,

            @Default("consumer") @Pattern(regexp = "ip|consumer|header:.+")
            String key) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public FilterPlugin create(Config config, PluginContext context) {
        var caller = Caller.of(config.key());
        var buckets = new TokenBuckets(config.perSecond(), config.burst(), System::nanoTime);
        buckets.restore(context.handOver().received());
        context.handOver().offer(buckets::save);
        var policy = LimitFilter.policy(buckets);
        return exchange -> new LimitFilter(exchange, caller, buckets, policy);
    }
}
