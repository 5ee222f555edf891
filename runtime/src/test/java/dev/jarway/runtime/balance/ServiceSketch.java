package dev.jarway.runtime.balance;

import dev.jarway.runtime.config.ConfigDocument;
import dev.jarway.runtime.config.DocumentFormat;
import dev.jarway.runtime.config.References;
import dev.jarway.runtime.config.ServiceConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Configurations of services as tests write them down. */
public final class ServiceSketch {
    private ServiceSketch() {}

    /** The service of these keys, in YAML's flow style without braces. */
    public static ServiceConfig service(String keys) {
        String document = "listeners: [ { name: web, port: 0 } ]\nservices: [ { name: orders, " + keys + " } ]\n";
        return ConfigDocument.parse(document.getBytes(StandardCharsets.UTF_8), DocumentFormat.YAML)
                .value()
                .load(new References(Map.of(), Path.of("")))
                .value()
                .config()
                .services()
                .getFirst();
    }

    /** So many endpoints: 10.0.0.1 and so on, at port 80. */
    static String endpoints(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> "{ url: \"http://10.0.0." + i + "\" }")
                .collect(Collectors.joining(", ", "endpoints: [", "]"));
    }

    /** Endpoints of these weights. */
    static String weighing(int... weights) {
        return IntStream.range(0, weights.length)
                .mapToObj(i -> "{ url: \"http://10.0.0." + (i + 1) + "\", weight: " + weights[i] + " }")
                .collect(Collectors.joining(", ", "endpoints: [", "]"));
    }
}
