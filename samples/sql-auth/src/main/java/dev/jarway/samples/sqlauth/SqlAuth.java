package dev.jarway.samples.sqlauth;

import dev.jarway.plugin.Execution;
import dev.jarway.plugin.FilterPlugin;
import dev.jarway.plugin.PluginContext;
import dev.jarway.plugin.PluginFactory;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.sql.SQLException;
import java.util.Map;

/**
 * Looks API keys up in a database. Shows a filter that blocks, in plain JDBC, because it runs on a virtual thread, and a plugin
 * that opens something and closes it again.
 */
public final class SqlAuth implements PluginFactory<SqlAuth.Config> {

    /**
     * Who may pass.
     *
     * @param keys the API key of each user
     */
    public record Config(@NotEmpty Map<String, @NotBlank String> keys) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Execution executes() {
        return Execution.VIRTUAL_THREAD;
    }

    @Override
    public FilterPlugin create(Config config, PluginContext context) throws SQLException {
        return new SqlAuthPlugin(KeyTable.of(config.keys()));
    }
}
