package dev.jarway.soak.subject;

import dev.jarway.soak.measure.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What Jarway is started with.
 *
 * @param upstream port of the service
 * @param drainDeadline after which streams on what was replaced are ended
 * @param classPath with the gateway and its libraries
 * @param without kinds of traffic that it need not take
 * @param jvm further options for its JVM
 */
public record JarwayOptions(
        int upstream, Duration drainDeadline, String classPath, Set<Kind> without, List<String> jvm) {}
