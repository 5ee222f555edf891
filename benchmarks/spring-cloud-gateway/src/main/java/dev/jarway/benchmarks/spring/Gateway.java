package dev.jarway.benchmarks.spring;

import io.netty.channel.ChannelOption;
import java.net.InetAddress;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.server.reactive.HttpHandler;

/** The program: one route to one service, on {@code server.port} with TLS and on {@code plain.port} without. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(Filters.class)
class Gateway {
    private static final int BACKLOG = 4096;

    public static void main(String[] arguments) {
        SpringApplication.run(Gateway.class, arguments);
    }

    @Bean
    RouteLocator routes(RouteLocatorBuilder routes, @Value("${service.port}") int service) {
        return routes.routes()
                .route("all", route -> route.path("/**").uri("http://127.0.0.1:" + service))
                .build();
    }

    @Bean
    WebServerFactoryCustomizer<NettyReactiveWebServerFactory> backlog() {
        return Gateway::lengthenBacklog;
    }

    /** Spring Boot's own server has one port. This one begins when all else is there. */
    @Bean
    ApplicationRunner plainServer(HttpHandler handler, @Value("${plain.port}") int port) {
        return arguments -> {
            NettyReactiveWebServerFactory factory = new NettyReactiveWebServerFactory(port);
            factory.setAddress(InetAddress.getLoopbackAddress());
            lengthenBacklog(factory);
            factory.getWebServer(handler).start();
        };
    }

    private static void lengthenBacklog(NettyReactiveWebServerFactory factory) {
        factory.addServerCustomizers(server -> server.option(ChannelOption.SO_BACKLOG, BACKLOG));
    }
}
