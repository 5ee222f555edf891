package dev.jarway.runtime.config;

import dev.jarway.plugin.Default;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Optional;

/**
 * An address where clients connect.
 *
 * @param name unique among listeners
 * @param host the address to bind: {@code 0.0.0.0} for all, {@code 127.0.0.1} for this machine alone
 * @param port 0 takes a free one
 * @param protocols what clients may speak there; if not given, HTTP/1.1, and with TLS HTTP/2 too
 * @param tls how it speaks TLS; if not given, it does not
 * @param proxyProtocol from whom it takes the client's address by the PROXY protocol; if not given, from nobody
 * @param forwarded whose fields it believes that tell of the client, and which it writes itself
 * @param paths which paths are let in, and in which form
 * @param headers which header fields are let in
 * @param limits how much a client may send, how long it may take, how often it may come
 */
public record ListenerConfig(
        @Pattern(regexp = Names.PATTERN, message = Names.EXPECTED)
        String name,

        @Default("0.0.0.0") @NotBlank String host,
        @Min(0) @Max(65_535) int port,
        Optional<@NotEmpty List<ListenerProtocol>> protocols,
        Optional<TlsConfig> tls,
        Optional<ProxyProtocolConfig> proxyProtocol,
        @Default("{}") ForwardedConfig forwarded,
        @Default("{}") PathsConfig paths,
        @Default("{}") FieldsConfig headers,
        @Default("{}") LimitsConfig limits) {
    private static final List<ListenerProtocol> PLAIN = List.of(ListenerProtocol.H1);
    private static final List<ListenerProtocol> SECURE = List.of(ListenerProtocol.H1, ListenerProtocol.H2);

    public ListenerConfig {
        protocols = protocols.map(List::copyOf);
    }

    /** One whose other values are the standard ones. */
    public ListenerConfig(
            String name,
            String host,
            int port,
            Optional<List<ListenerProtocol>> protocols,
            Optional<TlsConfig> tls,
            Optional<ProxyProtocolConfig> proxyProtocol) {
        this(
                name,
                host,
                port,
                protocols,
                tls,
                proxyProtocol,
                ForwardedConfig.STANDARD,
                PathsConfig.STRICT,
                FieldsConfig.STANDARD,
                LimitsConfig.STANDARD);
    }

    /** One that has nothing but an address. */
    public static ListenerConfig plain(String name, String host, int port) {
        return new ListenerConfig(name, host, port, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** What clients may speak there, whether that is said or not. */
    public List<ListenerProtocol> spoken() {
        return protocols.orElse(tls.isPresent() ? SECURE : PLAIN);
    }

    /** What tells its address from all others. A free port is another one for each name. */
    public String address() {
        return host + ":" + port + (port == 0 ? "/" + name : "");
    }
}
