package dev.jarway.samples.headertransform;

import dev.jarway.plugin.Headers;
import dev.jarway.samples.headertransform.HeaderTransform.Changes;
import java.util.ArrayList;

/** The changes to one kind of message, checked and in order. */
final class Steps {
    private final Step[] steps;

    private Steps(Step[] steps) {
        this.steps = steps;
    }

    private interface Step {
        void apply(Headers headers);
    }

    /**
     * Those of the configuration.
     *
     * @param message which part of it this is, for errors
     * @throws IllegalArgumentException for a name or a value that no header field may have
     */
    static Steps of(String message, Changes changes) {
        var steps = new ArrayList<Step>();
        changes.remove().forEach(name -> {
            Fields.checkName(message + ".remove", name);
            steps.add(headers -> headers.remove(name));
        });
        changes.rename().forEach((from, to) -> {
            Fields.checkName(message + ".rename", from);
            Fields.checkName(message + ".rename", to);
            steps.add(headers -> rename(headers, from, to));
        });
        changes.set().forEach((name, value) -> {
            Fields.check(message + ".set", name, value);
            steps.add(headers -> headers.set(name, value));
        });
        changes.add().forEach((name, value) -> {
            Fields.check(message + ".add", name, value);
            steps.add(headers -> headers.add(name, value));
        });
        return new Steps(steps.toArray(Step[]::new));
    }

    private static void rename(Headers headers, String from, String to) {
        var values = headers.all(from);
        if (!values.isEmpty()) {
            headers.remove(from);
            headers.remove(to);
            values.forEach(value -> headers.add(to, value));
        }
    }

    void apply(Headers headers) {
        for (var step : steps) {
            step.apply(headers);
        }
    }
}
