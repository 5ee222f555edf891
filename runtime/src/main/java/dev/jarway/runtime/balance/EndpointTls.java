package dev.jarway.runtime.balance;

import dev.jarway.runtime.config.UpstreamTlsConfig;
import io.vertx.core.net.ClientSSLOptions;
import java.util.List;
import java.util.Optional;

/**
 * How the endpoints of a service are spoken to over TLS: which certificates are taken, and what is shown. Immutable. Connections
 * are opened for one of these and used for no other, so whoever verifies never meets a connection that nobody has verified.
 */
public final class EndpointTls {
    /** As nothing is configured: what the JVM trusts is taken, and nothing shown. */
    public static final EndpointTls STANDARD = new EndpointTls(
            new UpstreamTlsConfig(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), true),
            List.of("", "", ""),
            new ClientSSLOptions().setHostnameVerificationAlgorithm("HTTPS"));

    private final UpstreamTlsConfig config;
    private final List<String> contents;
    private final ClientSSLOptions options;

    /**
     * As configured.
     *
     * @param contents what stands in the files
     * @param options of trust managers that are its own
     */
    EndpointTls(UpstreamTlsConfig config, List<String> contents, ClientSSLOptions options) {
        this.config = config;
        this.contents = List.copyOf(contents);
        this.options = options;
    }

    /** The name that is asked for in place of the endpoint's host. */
    public Optional<String> serverName() {
        return config.serverName();
    }

    /** What connections are opened with. Not to be changed. */
    public ClientSSLOptions options() {
        return options;
    }

    /** Whether it is as this says, whatever its files hold now. */
    public boolean isOf(UpstreamTlsConfig other) {
        return config.equals(other);
    }

    /** Whether nothing has changed about it. */
    boolean isSame(UpstreamTlsConfig other, List<String> otherContents) {
        return isOf(other) && contents.equals(otherContents);
    }
}
