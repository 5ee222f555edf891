package dev.jarway.benchmarks;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How nginx is set up: as it is, and with the five filters written in Lua. */
final class Nginx {
    private static final Pattern MODULES = Pattern.compile("--modules-path=(\\S+)");
    private static final String LUA = "filters.lua";

    private Nginx() {}

    static List<String> plain(Site site) throws IOException {
        return options(site, "", "");
    }

    /** Fails with a {@link Peer.MissingException} where the module for Lua is not there. */
    static List<String> lua(Site site) throws IOException {
        try (InputStream code = Nginx.class.getResourceAsStream(LUA)) {
            if (code == null) {
                throw new FileNotFoundException(LUA);
            }
            site.file(LUA, new String(code.readAllBytes(), StandardCharsets.UTF_8));
        }
        return options(
                site, """
                load_module %s;
                load_module %s;
                """.formatted(module("ndk_http_module.so"), module("ngx_http_lua_module.so")), """
                  lua_package_path "%s/?.lua;;";
                  lua_shared_dict buckets 10m;
                  init_by_lua_block { require "filters" }
                  access_by_lua_block { require("filters").request() }
                  header_filter_by_lua_block { require("filters").response() }
                """.formatted(
                                site.directory()));
    }

    private static Path module(String name) throws IOException {
        Matcher directory = MODULES.matcher(Program.require("nginx", "nginx").run(List.of("-V")));
        Path module = Path.of(directory.find() ? directory.group(1) : "/usr/lib/nginx/modules", name);
        if (!Files.exists(module)) {
            throw new Peer.MissingException("nginx has no " + name + " (Debian: libnginx-mod-http-lua)");
        }
        return module;
    }

    private static List<String> options(Site site, String first, String http) throws IOException {
        Path config = site.file("nginx.conf", """
                %7$s
                daemon off;
                worker_processes 1;
                pid %1$s/nginx.pid;
                error_log %1$s/error.log;
                events { worker_connections 8192; }
                http {
                  access_log off;
                  client_body_temp_path %1$s/body;
                  proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi;
                  scgi_temp_path %1$s/scgi;
                  client_body_buffer_size 128k;
                  keepalive_requests 100000000;
                  upstream service { server 127.0.0.1:%4$d; keepalive 1024; keepalive_requests 100000000; }
                  %8$s
                  server {
                    listen 127.0.0.1:%2$d backlog=4096;
                    listen 127.0.0.1:%3$d ssl http2 backlog=4096;
                    ssl_certificate %5$s;
                    ssl_certificate_key %6$s;
                    location / {
                      proxy_pass http://service;
                      proxy_http_version 1.1;
                      proxy_set_header Connection "";
                      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                    }
                  }
                }
                """.formatted(
                        site.directory(),
                        site.plain(),
                        site.secure(),
                        site.upstream(),
                        site.certificate(),
                        site.key(),
                        first,
                        http));
        return List.of("-p", site.directory().toString(), "-c", config.toString(), "-e", "error.log");
    }
}
