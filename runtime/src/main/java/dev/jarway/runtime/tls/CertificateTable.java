package dev.jarway.runtime.tls;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which certificates fit which name: those that have it, else those with a wildcard for it, else the first one, and those for the
 * same hosts as that. Immutable.
 */
final class CertificateTable {
    private final List<ServerCertificate> all;
    private final Map<String, List<ServerCertificate>> byName = new HashMap<>();
    private final List<ServerCertificate> standard;

    CertificateTable(List<ServerCertificate> all) {
        this.all = List.copyOf(all);
        for (ServerCertificate certificate : all) {
            for (String name : certificate.names()) {
                byName.computeIfAbsent(name, n -> new ArrayList<>()).add(certificate);
            }
        }
        this.standard = all.stream()
                .filter(certificate -> certificate.names().equals(all.getFirst().names()))
                .toList();
    }

    /** Whether it was made of these, and no others. Asked in every handshake, so it does not look into them. */
    @SuppressWarnings("ReferenceEquality")
    boolean isOf(List<ServerCertificate> certificates) {
        if (certificates.size() != all.size()) {
            return false;
        }
        for (int i = 0; i < all.size(); i++) {
            if (certificates.get(i) != all.get(i)) {
                return false;
            }
        }
        return true;
    }

    /** Those for a name in lower case, or for a client that asks for none; several if they have keys of several kinds. */
    List<ServerCertificate> find(@Nullable String name) {
        List<ServerCertificate> named = name == null ? null : named(name);
        return named == null ? standard : named;
    }

    private @Nullable List<ServerCertificate> named(String name) {
        List<ServerCertificate> exact = byName.get(name);
        if (exact != null) {
            return exact;
        }
        int dot = name.indexOf('.');
        return dot < 0 ? null : byName.get("*" + name.substring(dot));
    }
}
