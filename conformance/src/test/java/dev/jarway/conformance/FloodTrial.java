package dev.jarway.conformance;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One flood against one server, with another client that wants to be served. A connection that is cut is opened again at once. */
final class FloodTrial {
    private static final Duration QUIET = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** A flood that has been cut before is measured so long. */
    private static final Duration ENOUGH = Duration.ofSeconds(5);

    private FloodTrial() {}

    /**
     * Runs it.
     *
     * @param plainPort where the other client is served
     */
    static FloodRow run(Flood flood, FloodTarget target, int plainPort) throws IOException, InterruptedException {
        OtherClient before = OtherClient.start(plainPort);
        TimeUnit.NANOSECONDS.sleep(QUIET.toNanos());
        Latencies quiet = before.stop();

        ProcessMeter meter = ProcessMeter.begin(target.pid());
        OtherClient meanwhile = OtherClient.start(plainPort);
        List<FloodConnection.Outcome> outcomes = flood(flood, target);
        Latencies flooded = meanwhile.stop();
        return FloodRow.of(flood, target.isSecure(), outcomes, new FloodRow.Measured(quiet, flooded, meter.end()));
    }

    private static List<FloodConnection.Outcome> flood(Flood flood, FloodTarget target)
            throws IOException, InterruptedException {
        List<FloodConnection.Outcome> outcomes = new ArrayList<>();
        outcomes.add(FloodConnection.run(flood, target, LONGEST));
        Duration lasted = outcomes.getFirst().lasted();
        long end = System.nanoTime() + ENOUGH.minus(lasted).toNanos();
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            outcomes.add(FloodConnection.run(flood, target, Duration.ofNanos(left)));
        }
        return outcomes;
    }
}
