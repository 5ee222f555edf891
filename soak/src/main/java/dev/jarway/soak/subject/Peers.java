package dev.jarway.soak.subject;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The servers that Jarway is shown beside, as their own pages say that they are to be reloaded. */
public final class Peers {
    private static final Pattern VERSION = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+");

    private Peers() {}

    /**
     * Starts one, with one worker process.
     *
     * @param name {@code nginx} or {@code haproxy}
     * @param directory for its files
     * @param upstream port of the service
     * @return nothing where it is not installed
     */
    public static Optional<Subject> start(String name, Path directory, int upstream) throws Exception {
        Optional<Path> program = find(name);
        if (program.isEmpty()) {
            return Optional.empty();
        }
        Files.createDirectories(directory);
        String path = program.get().toString();
        int port = freePort();
        Path file = directory.resolve(name + ".conf");
        return Optional.of(
                switch (name) {
                    case "nginx" ->
                        Reloading.start(
                                new Reloading.Ways(
                                        "nginx " + version(path, "-v"),
                                        number -> nginx(directory, port, upstream, number),
                                        "HUP"),
                                file,
                                port,
                                List.of(path, "-p", directory.toString(), "-c", file.toString(), "-e", "error.log"));
                    case "haproxy" ->
                        Reloading.start(
                                new Reloading.Ways(
                                        "HAProxy " + version(path, "-v"),
                                        number -> haproxy(directory, port, upstream, number),
                                        "USR2"),
                                file,
                                port,
                                List.of(path, "-W", "-f", file.toString()));
                    default -> throw new IllegalArgumentException(name + " (expected: nginx or haproxy)");
                });
    }

    private static Optional<Path> find(String name) {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":", -1)), Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static String version(String path, String option) throws IOException {
        Process process =
                new ProcessBuilder(path, option).redirectErrorStream(true).start();
        Matcher found = VERSION.matcher(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        return found.find() ? found.group() : "";
    }

    /** These servers cannot say which port they were given, so one is looked for before. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String nginx(Path directory, int port, int upstream, long number) {
        return """
            daemon off;
            worker_processes 1;
            pid %1$s/nginx.pid;
            error_log %1$s/error.log;
            events { worker_connections 4096; }
            http {
              access_log off;
              client_body_temp_path %1$s/body;
              proxy_temp_path %1$s/proxy;
              fastcgi_temp_path %1$s/fastcgi;
              uwsgi_temp_path %1$s/uwsgi;
              scgi_temp_path %1$s/scgi;
              keepalive_requests 100000000;
              keepalive_timeout 1h;
              map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
              upstream service { server 127.0.0.1:%3$d; keepalive 64; }
              server {
                listen 127.0.0.1:%2$d;
                location / {
                  proxy_pass http://service;
                  proxy_http_version 1.1;
                  proxy_set_header Upgrade $http_upgrade;
                  proxy_set_header Connection $connection_upgrade;
                  proxy_buffering off;
                  proxy_request_buffering off;
                  proxy_read_timeout 1h;
                  add_header x-config %4$d always;
                }
              }
            }
            """.formatted(directory, port, upstream, number);
    }

    private static String haproxy(Path directory, int port, int upstream, long number) {
        return """
            global
              stats socket %1$s/admin.sock mode 600 level admin expose-fd listeners
              maxconn 4096
            defaults
              mode http
              option http-no-delay
              timeout connect 10s
              timeout client 1h
              timeout server 1h
              timeout tunnel 1h
            frontend web
              bind 127.0.0.1:%2$d
              http-after-response set-header x-config %4$d
              default_backend service
            backend service
              server one 127.0.0.1:%3$d
            """.formatted(directory, port, upstream, number);
    }
}
