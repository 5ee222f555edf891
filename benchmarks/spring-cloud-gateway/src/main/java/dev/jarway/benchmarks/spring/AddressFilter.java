package dev.jarway.benchmarks.spring;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import java.net.InetSocketAddress;
import java.util.List;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Lets requests pass by the address of the client. Goes by Netty's rules, as the gateway's own predicate for addresses does. */
final class AddressFilter implements GlobalFilter, Ordered {
    private final int order;
    private final List<IpSubnetFilterRule> allow;
    private final List<IpSubnetFilterRule> deny;

    AddressFilter(int order, List<String> allow, List<String> deny) {
        this.order = order;
        this.allow = allow.stream().map(AddressFilter::rule).toList();
        this.deny = deny.stream().map(AddressFilter::rule).toList();
    }

    private static IpSubnetFilterRule rule(String network) {
        int slash = network.indexOf('/');
        return new IpSubnetFilterRule(
                network.substring(0, slash), Integer.parseInt(network.substring(slash + 1)), IpFilterRuleType.ACCEPT);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        InetSocketAddress client = exchange.getRequest().getRemoteAddress();
        return client != null && !anyMatches(deny, client) && anyMatches(allow, client)
                ? chain.filter(exchange)
                : Filters.refuse(exchange, HttpStatus.FORBIDDEN, "forbidden\n");
    }

    private static boolean anyMatches(List<IpSubnetFilterRule> rules, InetSocketAddress client) {
        for (IpSubnetFilterRule rule : rules) {
            if (rule.matches(client)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int getOrder() {
        return order;
    }
}
