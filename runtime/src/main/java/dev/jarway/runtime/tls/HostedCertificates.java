package dev.jarway.runtime.tls;

import dev.jarway.loader.boundary.Crossing;
import dev.jarway.loader.boundary.PluginFault;
import dev.jarway.plugin.CertificatePlugin.Certificate;
import dev.jarway.runtime.config.OnFailure;
import dev.jarway.runtime.filter.ConfiguredPlugin;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A plugin that gives certificates to a listener, and the only place where it is called. What it throws, answers wrongly or does
 * not finish in time ends here.
 *
 * @param plugin the configured plugin
 * @param onFailure what becomes of a handshake when it fails
 * @param timeout the most that one call may take
 */
public record HostedCertificates(ConfiguredPlugin plugin, OnFailure onFailure, Duration timeout) {
    private static final Logger log = LoggerFactory.getLogger(HostedCertificates.class);
    private static final String METHOD = "certificate";

    /**
     * What it gives for a name: one, or none if it has failed and the handshake is to fail with it; empty if others are to be
     * asked.
     *
     * @param crossing of the current thread
     */
    Optional<List<ServerCertificate>> find(String name, Crossing crossing) {
        try {
            return ask(name, crossing)
                    .map(given -> List.of(new ServerCertificate(given.chain(), given.key(), List.of())));
        } catch (PluginFault fault) {
            log.warn("A handshake for {}: {}", name, fault.getMessage());
            return onFailure == OnFailure.OPEN ? Optional.empty() : Optional.of(List.of());
        }
    }

    private Optional<Certificate> ask(String name, Crossing crossing) {
        Optional<Certificate> given = Optional.empty();
        PluginFault fault = null;
        crossing.enter(plugin, timeout.toNanos());
        try {
            given = Objects.requireNonNull(plugin.certificate(name), "null (expected: an Optional)");
        } catch (Throwable thrown) {
            // Before the crossing's exit, because reading what was thrown runs the plugin's code too.
            fault = PluginFault.threw(plugin.identity(), METHOD, thrown);
        }
        if (crossing.exit()) {
            throw PluginFault.timedOut(plugin.identity(), METHOD, timeout, crossing.cutStack());
        }
        if (fault != null) {
            throw fault;
        }
        return given;
    }
}
