package dev.jarway.runtime.snapshot;

import java.time.Instant;
import java.util.Optional;

/**
 * A snapshot that requests hold or may take, as of a moment ago.
 *
 * @param requests how many hold it
 * @param replacedAt since when it is no longer in force; empty if it is
 */
public record HeldSnapshot(Snapshot snapshot, int requests, Optional<Instant> replacedAt) {}
