package dev.jarway.samples.certificatefiles;

import dev.jarway.plugin.CertificatePlugin;
import dev.jarway.plugin.Default;
import dev.jarway.plugin.PluginContext;
import dev.jarway.plugin.PluginFactory;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Gives the certificates of a folder, by the names in them: every {@code x.crt} that has an {@code x.key} beside it. Shows a
 * plugin that is no filter, and work that is done again and again beside the requests.
 */
public final class CertificateFiles implements PluginFactory<CertificateFiles.Config> {

    /**
     * Where the files are.
     *
     * @param directory the folder
     * @param interval how often it is looked at
     */
    public record Config(
            @NotBlank String directory,
            @Default("5s") @Positive Duration interval) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public CertificatePlugin create(Config config, PluginContext context) throws IOException {
        var folder = new CertificateFolder(Path.of(config.directory()), context.logger());
        folder.look();
        context.scheduler().every(config.interval(), folder::lookAgain);
        return folder::find;
    }
}
