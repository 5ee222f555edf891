package dev.jarway.runtime.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jarway.runtime.files.AtomicFile;
import dev.jarway.runtime.files.NotWrittenException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where rollouts stood last, in a file that survives a crash: a version that was taken back is not tried again because the
 * process ended. If the file cannot be read, nothing is known, and every rollout counts as taken back. Safe from any thread.
 */
public final class RolloutJournal {
    private static final Logger log = LoggerFactory.getLogger(RolloutJournal.class);
    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;
    private final Clock clock;
    private final Map<Known, RolloutState> lines = new HashMap<>();
    private boolean unreadable;
    private boolean inDoubt;

    /** A rollout that is known: of other terms it is another one, though of the same name. */
    private record Known(String name, String terms) {

        static Known of(RolloutTerms terms) {
            return new Known(terms.name(), terms.text());
        }
    }

    /** What becomes of rollouts that are known, and not in force. */
    enum Others {
        FORGET,

        /** What is in force is makeshift, and they may be in force again without anybody's having said so. */
        KEEP
    }

    private RolloutJournal(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /** Reads the file, which need not be there. */
    public static RolloutJournal open(Path file, Clock clock) {
        RolloutJournal journal = new RolloutJournal(file, clock);
        journal.readAgain();
        return journal;
    }

    /** Reads the file anew, which another process may have written since. */
    public synchronized void readAgain() {
        lines.clear();
        unreadable = false;
        if (Files.exists(file)) {
            try {
                JSON.readTree(Files.readAllBytes(file))
                        .properties()
                        .forEach(line -> lines.put(known(line.getKey(), line.getValue()), state(line.getValue())));
            } catch (IOException | RuntimeException e) {
                log.error("{} cannot be read; rollouts wait at the version that they began with", file, e);
                unreadable = true;
            }
        }
    }

    /** A rollout of these terms, where it stood last if it is a known one. Nothing is written yet. */
    public LiveRollout begin(RolloutTerms terms, int loops) {
        return new LiveRollout(terms, lastState(terms), loops);
    }

    /** Where a rollout of these terms goes on. */
    synchronized RolloutState lastState(RolloutTerms terms) {
        Instant now = clock.instant();
        if (unreadable) {
            String reason = file.getFileName() + " could not be read, so nobody knows whether it was taken back before";
            return new RolloutState(Phase.ROLLED_BACK, 0, now, reason, List.of());
        }
        return Optional.ofNullable(lines.get(Known.of(terms)))
                .map(state -> state.restarted(now))
                .orElseGet(() -> RolloutState.begin(now));
    }

    /** Says that the file may not hold what was written last: the next writing is not spared. */
    synchronized void doubt() {
        inDoubt = true;
    }

    /** Writes down where these stand. */
    void write(Collection<LiveRollout> rollouts, Others others) throws NotWrittenException {
        write(lines(rollouts), others);
    }

    /** Writes down where these stand, and of one of them where it is about to. */
    void writeAhead(Collection<LiveRollout> rollouts, Others others, LiveRollout one, RolloutState next)
            throws NotWrittenException {
        Map<Known, RolloutState> ahead = lines(rollouts);
        ahead.computeIfPresent(Known.of(one.terms()), (known, state) -> next);
        write(ahead, others);
    }

    private static Map<Known, RolloutState> lines(Collection<LiveRollout> rollouts) {
        Map<Known, RolloutState> lines = new HashMap<>();
        rollouts.forEach(rollout -> lines.put(Known.of(rollout.terms()), rollout.state()));
        return lines;
    }

    private synchronized void write(Map<Known, RolloutState> present, Others others) throws NotWrittenException {
        Map<Known, RolloutState> now = new HashMap<>(others == Others.KEEP ? lines : Map.of());
        now.putAll(present);
        if (now.equals(lines) && !unreadable && !inDoubt) {
            return;
        }
        if (unreadable && others == Others.KEEP) {
            // Once it is written anew, nobody would know any more that there may have been others.
            throw new NotWrittenException(file, new IOException("what it held could not be read, and is still needed"));
        }
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        now.forEach((known, state) -> document.set(
                present.containsKey(known) ? known.name() : known.name() + ": " + known.terms(), json(known, state)));
        inDoubt = true;
        try {
            AtomicFile.write(file, document.toPrettyString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new NotWrittenException(file, e);
        }
        lines.clear();
        lines.putAll(now);
        unreadable = false;
        inDoubt = false;
    }

    private static ObjectNode json(Known known, RolloutState state) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", known.name());
        json.put("terms", known.terms());
        json.put("phase", state.phase().written());
        json.put("step", state.step());
        json.put("since", state.since().toString());
        json.put("reason", state.reason());
        var evidence = json.putArray("evidence");
        for (VersionRow row : state.evidence()) {
            evidence.addObject()
                    .put("version", row.version())
                    .put("requests", row.requests())
                    .put("failures", row.failures())
                    .put("faults", row.faults())
                    .put("timeouts", row.timeouts())
                    .put("p50", row.p50().toString())
                    .put("p99", row.p99().toString());
        }
        return json;
    }

    /** The name of those in force is their key; earlier releases wrote no other. */
    private static Known known(String key, JsonNode json) {
        return new Known(json.path("name").asText(key), json.required("terms").asText());
    }

    private static RolloutState state(JsonNode json) {
        List<VersionRow> evidence = new ArrayList<>();
        for (JsonNode row : json.required("evidence")) {
            evidence.add(new VersionRow(
                    row.required("version").asText(),
                    row.required("requests").asLong(),
                    row.required("failures").asLong(),
                    row.required("faults").asLong(),
                    row.required("timeouts").asLong(),
                    Duration.parse(row.required("p50").asText()),
                    Duration.parse(row.required("p99").asText())));
        }
        return new RolloutState(
                Phase.valueOf(
                        json.required("phase").asText().toUpperCase(Locale.ROOT).replace('-', '_')),
                json.required("step").asInt(),
                Instant.parse(json.required("since").asText()),
                json.required("reason").asText(),
                evidence);
    }
}
