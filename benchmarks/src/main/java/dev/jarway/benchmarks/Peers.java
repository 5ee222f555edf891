package dev.jarway.benchmarks;

import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The proxies that there are. Each has one worker, as it has one processor, and keeps its connections to the service. Those of
 * others log no requests; Jarway does.
 */
final class Peers {
    private Peers() {}

    /** All of them, in the order of the table. */
    static List<Peer> all() {
        return List.of(
                new Installed("haproxy", "haproxy", "-v", Peers::haproxy, false),
                new Installed("nginx", "nginx", "-v", Nginx::plain, false),
                new Installed("nginx-lua", "nginx", "-v", Nginx::lua, true),
                new Installed("caddy", "caddy", "version", Peers::caddy, false),
                new Bare("vertx", Transport.EPOLL),
                new Bare("vertx-io_uring", Transport.IO_URING),
                Spring.bare(),
                Spring.filtered(),
                Jarway.bare(),
                Jarway.filtered());
    }

    private interface Setup {
        /** Writes what the program needs; the options to start it with. */
        List<String> of(Site site) throws IOException;
    }

    /** A program from a package. */
    private record Installed(String name, String program, String versionOption, Setup setup, boolean filters)
            implements Peer {

        private Program found() throws MissingException {
            return Program.find(program).orElseThrow(() -> new MissingException(program + " is not installed"));
        }

        @Override
        public String version() throws IOException {
            return found().version(versionOption);
        }

        @Override
        public Server start(Site site) throws IOException, InterruptedException {
            return Server.start(
                    Cores.PROXY.pin(found().command(setup.of(site))),
                    Map.of("HOME", site.directory().toString()),
                    site.plain(),
                    site.directory().resolve("log"));
        }
    }

    /** The bare proxy, on a transport of Vert.x. */
    private record Bare(String name, Transport transport) implements Peer {

        @Override
        public String version() {
            return VertxInfo.version();
        }

        @Override
        public boolean filters() {
            return false;
        }

        @Override
        public Server start(Site site) throws IOException, InterruptedException {
            if (!transport.available()) {
                throw new MissingException(transport.name() + " cannot be used: " + transport.unavailabilityCause());
            }
            return Server.start(
                    Cores.PROXY.pin(JavaProgram.command(
                            BareProxy.class,
                            Integer.toString(site.plain()),
                            Integer.toString(site.secure()),
                            Integer.toString(site.upstream()),
                            site.certificate().toString(),
                            site.key().toString(),
                            transport.name())),
                    Map.of(),
                    site.plain(),
                    site.directory().resolve("log"));
        }
    }

    private static List<String> haproxy(Site site) throws IOException {
        Path config = site.file("haproxy.cfg", """
                global
                  maxconn 8192
                  nbthread 1
                defaults
                  mode http
                  option forwardfor
                  timeout connect 10s
                  timeout client 60s
                  timeout server 60s
                frontend web
                  bind 127.0.0.1:%1$d backlog 4096
                  bind 127.0.0.1:%2$d backlog 4096 ssl crt %4$s alpn h2,http/1.1
                  default_backend service
                backend service
                  http-reuse always
                  server one 127.0.0.1:%3$d pool-max-conn 1024
                """.formatted(site.plain(), site.secure(), site.upstream(), site.pem()));
        return List.of("-f", config.toString());
    }

    private static List<String> caddy(Site site) throws IOException {
        Path config = site.file("Caddyfile", """
                {
                  admin off
                  auto_https off
                  http_port %1$d
                  https_port %2$d
                  log {
                    output file %3$s/error.log
                  }
                }
                (service) {
                  bind 127.0.0.1
                  reverse_proxy 127.0.0.1:%4$d {
                    transport http {
                      keepalive_idle_conns_per_host 1024
                    }
                  }
                }
                http://127.0.0.1:%1$d {
                  import service
                }
                https://localhost:%2$d {
                  tls %5$s %6$s
                  import service
                }
                """.formatted(
                site.plain(), site.secure(), site.directory(), site.upstream(), site.certificate(), site.key()));
        return List.of("run", "--adapter", "caddyfile", "--config", config.toString());
    }
}
