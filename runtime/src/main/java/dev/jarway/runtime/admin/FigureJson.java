package dev.jarway.runtime.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jarway.runtime.observability.Figures;
import dev.jarway.runtime.observability.VersionFigures;
import java.time.Duration;

/** The form in which the admin endpoint shows how a version does. */
final class FigureJson {
    private FigureJson() {}

    static ObjectNode of(VersionFigures figures) {
        ObjectNode body = Reply.object();
        figures.since().ifPresent(since -> body.put("since", since.toString()));
        body.set("total", of(figures.total()));
        body.set("lastMinute", of(figures.lately()));
        return body;
    }

    private static ObjectNode of(Figures figures) {
        ObjectNode body = Reply.object();
        body.put("requests", figures.requests());
        body.put("failures", figures.failures());
        body.put("errorShare", rounded(figures.errorShare(), 5));
        ObjectNode latency = body.putObject("latency");
        latency.put("p50Millis", millis(figures.requestTime(50)));
        latency.put("p99Millis", millis(figures.requestTime(99)));
        ObjectNode calls = body.putObject("calls");
        calls.put("count", figures.calls());
        calls.put("faults", figures.faults());
        calls.put("timeouts", figures.timeouts());
        calls.put("p50Millis", millis(figures.callTime(50)));
        calls.put("p99Millis", millis(figures.callTime(99)));
        return body;
    }

    static double millis(Duration time) {
        return rounded(time.toNanos() / 1e6, 3);
    }

    static double rounded(double value, int digits) {
        double scale = Math.pow(10, digits);
        return Math.round(value * scale) / scale;
    }
}
