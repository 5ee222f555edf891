package dev.jarway.runtime.snapshot;

import dev.jarway.runtime.config.CertificatePluginConfig;
import dev.jarway.runtime.config.FilterConfig;
import dev.jarway.runtime.config.ListenerConfig;
import dev.jarway.runtime.config.LoadedConfig;
import dev.jarway.runtime.config.Problem;
import dev.jarway.runtime.config.TlsConfig;
import dev.jarway.runtime.filter.ConfiguredPlugin;
import dev.jarway.runtime.tls.CertificateShelf;
import dev.jarway.runtime.tls.HostedCertificates;
import dev.jarway.runtime.tls.ListenerTls;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** How the listeners of a snapshot speak TLS, while that snapshot is being built. Used once, by one thread. */
final class TlsPart {
    private final LoadedConfig loaded;
    private final CertificateShelf shelf;
    private final Map<String, ListenerTls> fronts = new LinkedHashMap<>();

    TlsPart(LoadedConfig loaded, CertificateShelf shelf) {
        this.loaded = loaded;
        this.shelf = shelf;
    }

    /** Reads the certificates, and says what is wrong with them. */
    List<Problem> read() {
        List<Problem> problems = new ArrayList<>();
        List<ListenerConfig> listeners = loaded.config().listeners();
        for (int i = 0; i < listeners.size(); i++) {
            Optional<TlsConfig> wanted = listeners.get(i).tls();
            if (wanted.isPresent()) {
                String address = listeners.get(i).address();
                shelf.prepare(wanted.get(), pointer(i), problems).ifPresent(tls -> fronts.put(address, tls));
            }
        }
        return problems.stream()
                .map(problem -> new Problem(
                        problem.pointer(), loaded.hidden().removeFrom(problem.detail()), problem.expected()))
                .toList();
    }

    private static String pointer(int listener) {
        return "/listeners/" + listener + "/tls";
    }

    /** Every plugin that is to give certificates. */
    List<FilterUse> plugins() {
        List<FilterUse> uses = new ArrayList<>();
        List<ListenerConfig> listeners = loaded.config().listeners();
        for (int i = 0; i < listeners.size(); i++) {
            uses.addAll(plugins(listeners.get(i), pointer(i)));
        }
        return uses;
    }

    private static List<FilterUse> plugins(ListenerConfig listener, String pointer) {
        List<FilterUse> uses = new ArrayList<>();
        List<CertificatePluginConfig> wanted =
                listener.tls().map(TlsConfig::plugins).orElse(List.of());
        for (int i = 0; i < wanted.size(); i++) {
            FilterConfig entry = wanted.get(i).entry();
            uses.add(new FilterUse(
                    "listener:" + listener.name() + "/" + entry.entryName(),
                    pointer + "/plugins/" + i + "/config",
                    entry,
                    entry.config().orElseGet(ChainResolver::empty)));
        }
        return uses;
    }

    /** How each listener speaks TLS that does, by its address, with the plugins that have been made for it. */
    Map<String, ListenerTls> with(Function<FilterUse, Optional<ConfiguredPlugin>> making) {
        Map<String, ListenerTls> whole = new LinkedHashMap<>();
        List<ListenerConfig> listeners = loaded.config().listeners();
        for (int i = 0; i < listeners.size(); i++) {
            ListenerTls front = fronts.get(listeners.get(i).address());
            if (front != null) {
                List<HostedCertificates> hosted = new ArrayList<>();
                for (FilterUse use : plugins(listeners.get(i), pointer(i))) {
                    making.apply(use)
                            .ifPresent(plugin -> hosted.add(new HostedCertificates(
                                    plugin, use.entry().onFailure(), use.entry().timeout())));
                }
                whole.put(listeners.get(i).address(), front.with(hosted));
            }
        }
        return whole;
    }
}
